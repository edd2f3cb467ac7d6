/** One line on standard error, whatever the text holds. */

import { escapeTerminal } from '../report/escape/terminal.ts';
import type { Io } from './io.ts';

export function complain({ stderr }: Pick<Io, 'stderr'>, line: string): Promise<void> {
  return stderr.write(`daemon-conformance: ${escapeTerminal(line)}\n`);
}
