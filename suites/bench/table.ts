/** The figures as a table, on the terminal and in README.md beside it. */

import type { Measurement } from './measure.ts';

const times = (ratio: number | null): string => (ratio === null ? '' : `${ratio.toFixed(2)} x`);
const ms = (value: number | null): string => (value === null ? '' : `${value.toFixed(1)} ms`);

export function renderBench(
  measured: readonly Measurement[],
  absent: Readonly<Record<string, string>>,
): string {
  const rows = measured.map((one) => [
    one.name,
    ms(one.wallMs),
    times(one.wallRatio),
    ms(one.processorMs),
    times(one.processorRatio),
    one.peakKiB === null ? '' : `${(one.peakKiB / 1024).toFixed(0)} MiB`,
    one.base ?? '',
    one.atMost === null ? '' : `${one.atMost} x`,
  ]);
  const head = ['', 'time', 'ratio', 'processor time', 'ratio', 'peak memory', 'of', 'at most'];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const missing = Object.entries(absent).map(([name, why]) => `Not measured: ${name} (${why}).`);
  const table = [line(head), line(head.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)];
  const throughput = measured.flatMap(({ name, checksPerSecondAndCore: rate }) =>
    rate === null ? [] : [`Throughput of ${name}: ${rate.toFixed(2)} checks a second and core.`],
  );
  return [...table, ...[...throughput, ...missing].flatMap((text) => ['', text])].join('\n');
}

const begin = '<!-- bench -->';
const end = '<!-- /bench -->';

/** @throws Error where the text has no place for it */
export function insertBench(readme: string, table: string): string {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md has no ${begin} and ${end}`);
  return `${readme.slice(0, from + begin.length)}\n${table}\n${readme.slice(to)}`;
}
