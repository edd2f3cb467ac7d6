/** How the starter failed, and what it said then. */

import type { Run } from '../../facts/run.ts';
import type { StartName } from '../../facts/start-state.ts';
import { escapeTerminal } from '../escape/terminal.ts';
import { cut } from '../fit.ts';
import type { Paint } from '../paint.ts';

export interface StarterView {
  readonly width: number;
  readonly paint: Paint;
  /** Lines of output per starter; the last ones, where the error message stands. */
  readonly atMost: number;
}

/** Starters that failed the same way are told of once, with the starts they failed under. */
export function starterLines(runs: readonly Run[], { width, paint, atMost }: StarterView): string[] {
  const told = new Map<
    string,
    { readonly starts: StartName[]; readonly output: readonly string[]; readonly how: string }
  >();
  for (const { start, starter, lost } of runs) {
    const how = lost === undefined ? howItFailed(starter) : null;
    if (how === null) continue;
    const output = outputLines(starter.output);
    const key = JSON.stringify([how, output]);
    const before = told.get(key);
    if (before === undefined) told.set(key, { starts: [start], output, how });
    else before.starts.push(start);
  }
  return [...told.values()].flatMap(({ starts, output, how }) => {
    const shown = output.slice(-atMost);
    const left = output.length - shown.length;
    return [
      `${paint.bad('starter')} ${how} after the ${starts.join(', ')} start${output.length === 0 ? ' and wrote nothing' : ', and wrote'}`,
      ...(left === 0 ? [] : [paint.faint(`  | (${left} earlier lines)`)]),
      ...shown.map((line) => `  ${paint.faint('|')} ${cut(line, width - 4)}`),
      '',
    ];
  });
}

function howItFailed({ exitCode, signal }: Run['starter']): string | null {
  if (signal !== null) return `was ended by ${signal}`;
  return exitCode === null || exitCode === 0 ? null : `exited with status ${exitCode}`;
}

function outputLines(output: string): readonly string[] {
  const lines = output.replaceAll('\r\n', '\n').replaceAll('\t', '    ').split('\n').map(escapeTerminal);
  while (lines.at(-1)?.trim() === '') lines.pop();
  return lines;
}
