/** A time axis on which the first milliseconds are as wide as the seconds after them. */

export interface TimeAxis {
  /** Where a moment stands, from 0 to 1. */
  readonly place: (atMs: number) => number;
  readonly ticks: readonly { readonly atMs: number; readonly label: string }[];
}

/** Linear below it, logarithmic above: about the time of one fork(2). */
const linearMs = 0.5;

export function timeAxis(endMs: number): TimeAxis {
  const last = Math.max(endMs, 1);
  const scale = (atMs: number): number => Math.log1p(Math.max(0, atMs) / linearMs);
  const place = (atMs: number): number => Math.min(1, scale(atMs) / scale(last));
  const ticks = [0, 1, 10, 100, 1_000, 10_000, 60_000]
    .filter((atMs) => atMs <= last)
    .map((atMs) => ({ atMs, label: duration(atMs) }));
  return { place, ticks };
}

/** `0`, `0.4 ms`, `12 ms`, `1.5 s` */
export function duration(ms: number): string {
  if (ms === 0) return '0';
  if (ms >= 1_000) return `${Number((ms / 1_000).toFixed(1))} s`;
  return ms >= 10 ? `${Math.round(ms)} ms` : `${Number(ms.toFixed(1))} ms`;
}
