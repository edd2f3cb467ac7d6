/** Steps by which a daemon leaves its session and its terminal. */

import type { Step } from '../facts/trace.ts';
import { pathOf } from './daemon-steps.ts';
import { descriptor, did, failed, type StepExplanation } from './walk.ts';

export const noSession: StepExplanation = ({ path, all, last }) => {
  const forked = path.findIndex(did('fork'));
  if (path.some(did('setsid'))) return null;
  const refused = path.findLast(failed('setsid'));
  if (refused !== undefined) {
    const early = forked < 0 || path.indexOf(refused) < forked;
    return `setsid(2) failed with ${refused.errno}${early && refused.errno === 'EPERM' ? ', no fork(2) came before it' : ''}`;
  }
  const elsewhere = all.find(did('setsid'));
  if (elsewhere !== undefined) {
    return `setsid(2) succeeded in process ${elsewhere.pid}, of which the daemon ${last.pid} is no child`;
  }
  return forked < 0 ? 'neither fork(2) nor setsid(2) was called' : 'fork(2) succeeded, no setsid(2) followed';
};

export const leadsSession: StepExplanation = ({ path, start, last }) => {
  const left = path.findLastIndex(did('setsid'));
  const after = path.slice(left + 1).filter(did('fork'));
  // What the last process forks is its child: it is itself that had to end.
  const handedOn = after.some(({ pid }) => pid !== last.pid);
  if (handedOn || (left < 0 && !start.sessionLeader)) return null;
  const parted = left < 0 ? 'it was started as a session leader' : 'setsid(2) succeeded';
  return after.length === 0
    ? `${parted}, no fork(2) followed`
    : `${parted}, fork(2) followed, but no exit(2) of its parent`;
};

/** Opened by a process that leads its session, without O_NOCTTY. */
export const acquiresTerminal: StepExplanation = ({ path }) => {
  const left = path.findLastIndex(did('setsid'));
  const opened = path.find(
    (step, at) =>
      at > left && did('open')(step) && isTerminal(step) && !step.arguments[1]?.includes('O_NOCTTY'),
  );
  return left < 0 || opened === undefined
    ? null
    : `setsid(2) succeeded, open(2) of ${opened.arguments[0]} without O_NOCTTY followed`;
};

const namesTerminal = (path: string): boolean => /^"\/dev\/(?:tty|pts|console)/.test(path);
const isTerminal = ({ arguments: [path = ''] }: Step): boolean => namesTerminal(path);

export const holdsTerminal: StepExplanation = ({ path }) => {
  const opened = path.find((step) => did('open')(step) && isTerminal(step));
  if (opened !== undefined) return `open(2) of ${opened.arguments[0]} succeeded`;
  const copied = path.find(
    ({ call, errno, arguments: [from = '', to = ''] }) =>
      call === 'dup2' && errno === null && descriptor(to) > 2 && namesTerminal(pathOf(from) ?? ''),
  );
  return copied === undefined
    ? null
    : `dup2(2) put ${pathOf(copied.arguments[0] ?? '')} on ${copied.arguments[1]}`;
};

/** Not on the way to the daemon: not at all, or in a process that had already forked the next. */
