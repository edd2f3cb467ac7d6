/** What is going on, in one line that is rewritten while a check takes time, and gone before anything else is written. */

import type { Progress } from '../check/request.ts';
import { cut } from '../report/fit.ts';
import { tell } from './complaint.ts';
import type { Io, Output } from './io.ts';

export interface StatusLine {
  readonly show: (progress: Progress) => void;
  /** Clears the line. */
  [Symbol.dispose](): void;
}

/** Most checks are over before the first; a line that flashes tells nobody anything. */
const everyMs = 100;

const silent: StatusLine = { show: () => {}, [Symbol.dispose]: () => {} };

export function openStatusLine({ stderr, env }: Pick<Io, 'stderr' | 'env'>, quiet: boolean): StatusLine {
  return quiet || !stderr.isTTY || env.TERM === 'dumb' ? silent : living(stderr);
}

function living(stderr: Output): StatusLine {
  const latest = new Map<Progress['start'], { readonly progress: Progress; readonly at: number }>();
  let shown = false;
  const clear = (): void => {
    if (shown) void tell({ stderr }, '\r\x1b[K');
    shown = false;
  };
  const draw = (): void => {
    if (latest.size === 0) return;
    const now = performance.now();
    const parts = [...latest.values()].map(({ progress, at }) => describe(progress, now - at));
    void tell({ stderr }, `\r\x1b[K${cut(parts.join(' · '), (stderr.columns ?? 80) - 1)}`);
    shown = true;
  };
  const timer = setInterval(draw, everyMs);
  timer.unref();
  return {
    show(progress) {
      latest.set(progress.start, { progress, at: performance.now() });
    },
    [Symbol.dispose]() {
      clearInterval(timer);
      clear();
    },
  };
}

function describe({ start, phase, elapsedMs, processes }: Progress, sinceMs: number): string {
  if (phase === 'done') return `${start} done`;
  const seconds = ((elapsedMs + sinceMs) / 1_000).toFixed(1);
  const count = processes === 0 ? '' : ` ${processes} ${processes === 1 ? 'process' : 'processes'}`;
  return `${start} ${phase} ${seconds}s${count}`;
}
