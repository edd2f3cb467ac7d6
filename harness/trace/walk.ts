/** What explanations of a missing step are made of: the way from the starter to the daemon, and words about calls. */

import type { StartName, StartState } from '../facts/start-state.ts';
import type { Step, StepCall, StepTrace, TracedProcess } from '../facts/trace.ts';
import { startStates } from '../launch/start-states.ts';

/** What happened to one line of processes, from the starter to the daemon. */
export interface Walk {
  readonly start: StartState;
  readonly starter: TracedProcess;
  /** The last of the line: the daemon, or the process that ended last where none is left. */
  readonly last: TracedProcess;
  /** Of each process of the line what it did before it forked the next: what the daemon became by. */
  readonly path: readonly Step[];
  readonly all: readonly Step[];
}

export type StepExplanation = (walk: Walk) => string | null;

export function walkOf({ processes, steps }: StepTrace, start: StartName): Walk | null {
  const line = processes.filter(({ role }) => role !== 'survivor');
  const [starter] = line;
  const last = line.at(-1);
  if (starter === undefined || last === undefined) return null;
  const path: Step[] = [];
  let from = 0;
  for (const [index, { pid }] of line.entries()) {
    const next = line[index + 1];
    const born = steps.findIndex(
      ({ pid: parent, call, result }) => parent === pid && call === 'fork' && result === String(next?.pid),
    );
    const to = born < 0 ? steps.length : born + 1;
    path.push(...steps.slice(from, to).filter((step) => step.pid === pid));
    from = to;
  }
  return { start: startStates[start], starter, last, path, all: steps };
}

export const did =
  (...calls: readonly StepCall[]) =>
  ({ call, errno }: Step): boolean =>
    calls.includes(call) && errno === null;

export const failed =
  (...calls: readonly StepCall[]) =>
  ({ call, errno }: Step): boolean =>
    calls.includes(call) && errno !== null;

/** The first sentence there is. */
export const either =
  (...explains: readonly StepExplanation[]): StepExplanation =>
  (walk) => {
    for (const explain of explains) {
      const sentence = explain(walk);
      if (sentence !== null) return sentence;
    }
    return null;
  };

/** `0`, `0 and 2`, `0, 1 and 2` */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

export function never(call: StepCall, { all }: Walk): string {
  const elsewhere = all.find(did(call));
  return elsewhere === undefined
    ? `${call}(2) was never called`
    : `${call}(2) was called in process ${elsewhere.pid}, but not in the daemon`;
}

/** `~0U` and `4294967295` are the last there can be. */
export function descriptor(text: string): number {
  return text.startsWith('~0')
    ? Number.MAX_SAFE_INTEGER
    : Number.parseInt(text, text.startsWith('0x') ? 16 : 10);
}
