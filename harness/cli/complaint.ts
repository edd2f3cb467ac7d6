/** What is told on standard error. Nothing depends on it: where it cannot be written, neither verdict nor status changes. */

import { escapeTerminal } from '../report/escape/terminal.ts';
import type { Io } from './io.ts';

/** Never rejects. */
export async function tell({ stderr }: Pick<Io, 'stderr'>, text: string): Promise<void> {
  try {
    await stderr.write(text);
  } catch {
    // ENOSPC, EIO or EFBIG, and nobody else to be told of it.
  }
}

/** One line, whatever the text holds. Never rejects. */
export function complain(io: Pick<Io, 'stderr'>, line: string): Promise<void> {
  return tell(io, `daemon-conformance: ${escapeTerminal(line)}\n`);
}
