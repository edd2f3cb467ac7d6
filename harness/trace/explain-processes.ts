/** Steps by which processes come and end, and what is called once at most. */

import type { Step, StepCall, TracedProcess } from '../facts/trace.ts';
import { did, failed, listed, never, type StepExplanation } from './walk.ts';

export const starterStays: StepExplanation = ({ starter, all }) => {
  if (starter.ending !== null) return null;
  return all.some((step) => step.pid === starter.pid && did('fork')(step))
    ? 'fork(2) succeeded, no exit(2) of the starter followed'
    : 'neither fork(2) nor exit(2) was called by the starter';
};

const endedWith = ({ pid }: TracedProcess, all: readonly Step[]): string | null => {
  const end = all.findLast((step) => step.pid === pid && (step.call === 'exit' || step.call === 'killed'));
  if (end === undefined) return null;
  return end.call === 'exit' ? `exit(${end.arguments[0]})` : `${end.arguments[0]}`;
};

export const starterFails: StepExplanation = ({ starter, all }) => {
  const by = endedWith(starter, all);
  return by === null || by === 'exit(0)' ? null : `${by} ended the starter`;
};

/** The daemon itself ended: what it was told by, or told itself. */
export const daemonEnds: StepExplanation = ({ last, all, starter }) => {
  const by = last.ending === null ? null : endedWith(last, all);
  if (by === null) return null;
  return last.pid === starter.pid
    ? `${by} ended the starter, no fork(2) came before it`
    : `${by} ended process ${last.pid}`;
};

export const parentStays: StepExplanation = ({ all, last }) => {
  const forked = all.find((step) => step.pid === last.pid && did('fork')(step));
  return last.ending !== null || forked === undefined
    ? null
    : `fork(2) succeeded in process ${last.pid}, no exit(2) of it followed`;
};

const ofBecoming: readonly StepCall[] = [
  ...(['setsid', 'setpgid', 'chdir', 'umask', 'dup2', 'close_range', 'sigaction', 'sigprocmask'] as const),
];

/** Steps of the daemon that came when its starter had already ended. */
export const returnsEarly: StepExplanation = ({ path, all, starter }) => {
  const end = all.findIndex((step) => step.pid === starter.pid && step.call === 'exit');
  if (end < 0) return null;
  const late = new Set(
    path.filter((step) => all.indexOf(step) > end && did(...ofBecoming)(step)).map(({ call }) => call),
  );
  return late.size === 0
    ? null
    : `exit(2) of the starter came before ${listed([...late].map((call) => `${call}(2)`))}`;
};

export const neverCalled =
  (call: StepCall): StepExplanation =>
  (walk) => {
    const last = walk.path.findLast((step) => step.call === call);
    if (last === undefined) return never(call, walk);
    return last.errno === null ? null : `${call}(2) failed with ${last.errno}`;
  };

export const keepsGroups: StepExplanation = (walk) => {
  const { path } = walk;
  const refused = path.findLast(failed('setgroups'));
  const before = refused === undefined ? -1 : path.slice(0, path.indexOf(refused)).findIndex(did('setuid'));
  return before < 0
    ? neverCalled('setgroups')(walk)
    : `setgroups(2) failed with ${refused?.errno}, setuid(2) had come before it`;
};
