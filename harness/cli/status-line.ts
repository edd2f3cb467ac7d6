/** What is going on, in one line that is rewritten while a check takes time, and gone before anything else is written. */

import type { Progress } from '../check/request.ts';
import { nowMs } from '../launch/launcher-client.ts';
import type { ProbingProgress } from '../probe/run-probes.ts';
import { cut } from '../report/fit.ts';
import { tell } from './complaint.ts';
import type { Io, Output } from './io.ts';

export interface StatusLine {
  readonly show: (progress: Progress) => void;
  readonly showProbing: (progress: ProbingProgress) => void;
  /** Clears the line. */
  [Symbol.dispose](): void;
}

/** Most checks are over before the first; a line that flashes tells nobody anything. */
const everyMs = 100;

/** Where lines are kept: often enough for who waits, and for a job that is taken for dead when nothing comes. */
const heartbeatMs = 10_000;

const silent: StatusLine = { show: () => {}, showProbing: () => {}, [Symbol.dispose]: () => {} };

export function openStatusLine({ stderr, env }: Pick<Io, 'stderr' | 'env'>, quiet: boolean): StatusLine {
  if (quiet) return silent;
  return !stderr.isTTY || env.TERM === 'dumb' ? beating(stderr) : living(stderr);
}

/** What was told last, in words; null before anything was. */
function openStatus() {
  const latest = new Map<Progress['start'], { readonly progress: Progress; readonly at: number }>();
  let probing: ProbingProgress | null = null;
  const since = nowMs();
  return {
    show(progress: Progress) {
      latest.set(progress.start, { progress, at: nowMs() });
    },
    showProbing(progress: ProbingProgress) {
      probing = progress;
    },
    words(): string | null {
      const now = nowMs();
      if (probing !== null && probing.of > 0) return describeProbing(probing, now - since);
      if (latest.size === 0) return null;
      return [...latest.values()].map(({ progress, at }) => describe(progress, now - at)).join(' · ');
    },
  };
}

/** A line of its own now and then, where there is no terminal to rewrite one on. */
function beating(stderr: Output): StatusLine {
  const status = openStatus();
  const timer = setInterval(() => {
    const words = status.words();
    if (words !== null) void tell({ stderr }, `daemon-conformance: ${words}\n`);
  }, heartbeatMs);
  timer.unref();
  return { ...status, [Symbol.dispose]: () => clearInterval(timer) };
}

function living(stderr: Output): StatusLine {
  const status = openStatus();
  let shown = false;
  const draw = (): void => {
    const words = status.words();
    if (words === null) return;
    void tell({ stderr }, `\r\x1b[K${cut(words, (stderr.columns ?? 80) - 1)}`);
    shown = true;
  };
  const timer = setInterval(draw, everyMs);
  timer.unref();
  return {
    ...status,
    [Symbol.dispose]() {
      clearInterval(timer);
      if (shown) void tell({ stderr }, '\r\x1b[K');
    },
  };
}

/** `probing 14/31 terminal-hangup 12 s`: the one that has run longest, and since when the check goes on. */
function describeProbing({ done, of, running }: ProbingProgress, sinceMs: number): string {
  const [longest] = running;
  if (longest === undefined) return 'judging';
  return `probing ${done}/${of} ${longest} ${Math.floor(sinceMs / 1_000)} s`;
}

function describe({ start, phase, elapsedMs, processes }: Progress, sinceMs: number): string {
  if (phase === 'done') return `${start} done`;
  const seconds = ((elapsedMs + sinceMs) / 1_000).toFixed(1);
  const count = processes === 0 ? '' : ` ${processes} ${processes === 1 ? 'process' : 'processes'}`;
  return `${start} ${phase} ${seconds}s${count}`;
}
