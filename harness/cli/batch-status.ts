/** How far a batch has come, in one line that is rewritten, and gone before anything else is written. */

import type { BatchProgress } from '../batch/batch.ts';
import { escapeTerminal } from '../report/escape/terminal.ts';
import { cut } from '../report/fit.ts';
import { tell } from './complaint.ts';
import type { Io } from './io.ts';

export interface BatchStatus {
  readonly show: (progress: BatchProgress) => void;
  /** Clears the line. */
  [Symbol.dispose](): void;
}

export function openBatchStatus({ stderr, env }: Pick<Io, 'stderr' | 'env'>, quiet: boolean): BatchStatus {
  if (quiet || !stderr.isTTY || env.TERM === 'dumb') return { show: () => {}, [Symbol.dispose]: () => {} };
  let shown = false;
  return {
    show({ done, total, running }) {
      const line = `${done} of ${total} checked${running.length === 0 ? '' : `, now ${running.map(escapeTerminal).join(', ')}`}`;
      void tell({ stderr }, `\r\x1b[K${cut(line, (stderr.columns ?? 80) - 1)}`);
      shown = true;
    },
    [Symbol.dispose]() {
      if (shown) void tell({ stderr }, '\r\x1b[K');
      shown = false;
    },
  };
}
