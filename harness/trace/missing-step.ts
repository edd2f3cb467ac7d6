/**
 * Which step is missing, or came in the wrong order, where a requirement failed: data per requirement, read from the
 * steps that were traced after the same start. Pure. Where the steps do not show it there is no sentence: the traced
 * launch is another one than the one that was judged, and may have gone another way.
 */

import type { StartName, StartState } from '../facts/start-state.ts';
import type { Step, StepCall, StepTrace, TracedProcess } from '../facts/trace.ts';
import { plantedDescriptors } from '../launch/protocol.ts';
import { startStates } from '../launch/start-states.ts';
import { pathOf } from './daemon-steps.ts';

/** What happened to one line of processes, from the starter to the daemon. */
interface Walk {
  readonly start: StartState;
  readonly starter: TracedProcess;
  /** The last of the line: the daemon, or the process that ended last where none is left. */
  readonly last: TracedProcess;
  /** Of each process of the line what it did before it forked the next: what the daemon became by. */
  readonly path: readonly Step[];
  readonly all: readonly Step[];
}

type StepExplanation = (walk: Walk) => string | null;

/** `setsid(2) succeeded, no fork(2) followed`; null if the steps do not show why. */
export function missingStep(requirement: string, trace: StepTrace, start: StartName): string | null {
  const explain = explanations[requirement];
  const walk = walkOf(trace, start);
  return explain === undefined || walk === null ? null : explain(walk);
}

/** Requirements whose failure a step can explain. */
export const explainedRequirements = (): readonly string[] => Object.keys(explanations);

function walkOf({ processes, steps }: StepTrace, start: StartName): Walk | null {
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

const did =
  (...calls: readonly StepCall[]) =>
  ({ call, errno }: Step): boolean =>
    calls.includes(call) && errno === null;

const failed =
  (...calls: readonly StepCall[]) =>
  ({ call, errno }: Step): boolean =>
    calls.includes(call) && errno !== null;

/** The first sentence there is. */
const either =
  (...explains: readonly StepExplanation[]): StepExplanation =>
  (walk) => {
    for (const explain of explains) {
      const sentence = explain(walk);
      if (sentence !== null) return sentence;
    }
    return null;
  };

/** `0`, `0 and 2`, `0, 1 and 2` */
function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const noSession: StepExplanation = ({ path, all, last }) => {
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

const leadsSession: StepExplanation = ({ path, start, last }) => {
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
const acquiresTerminal: StepExplanation = ({ path }) => {
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

const holdsTerminal: StepExplanation = ({ path }) => {
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
function never(call: StepCall, { all }: Walk): string {
  const elsewhere = all.find(did(call));
  return elsewhere === undefined
    ? `${call}(2) was never called`
    : `${call}(2) was called in process ${elsewhere.pid}, but not in the daemon`;
}

const staysInDirectory: StepExplanation = (walk) => {
  const last = walk.path.findLast(({ call }) => call === 'chdir');
  if (last === undefined) return never('chdir', walk);
  const [to = ''] = last.arguments;
  if (last.errno !== null) return `chdir(2) to ${to} failed with ${last.errno}`;
  return to === '"/"' ? null : `the last chdir(2) went to ${to}`;
};

const changesRoot: StepExplanation = ({ path }) => {
  const last = path.findLast(did('chroot'));
  return last === undefined ? null : `chroot(2) to ${last.arguments[0]} succeeded`;
};

const keepsMask: StepExplanation = (walk) => {
  const last = walk.path.findLast(did('umask'));
  return last === undefined ? never('umask', walk) : `the last umask(2) set ${last.arguments[0]}`;
};

const namesNull = '"/dev/null"';
/** So far back as close_range(2) can reach; a run of close(2) has the numbers it began and ended with. */
function closes({ call, arguments: given, errno }: Step, fd: number): boolean {
  if (errno !== null || (call !== 'close' && call !== 'close_range')) return false;
  if (call === 'close_range' && given[2]?.includes('CLOEXEC') === true) return false;
  const ends = [given[0], given[1] ?? given[0]].map((text = '') => descriptor(text));
  return fd >= Math.min(...ends) && fd <= Math.max(...ends);
}

/** `~0U` and `4294967295` are the last there can be. */
function descriptor(text: string): number {
  return text.startsWith('~0')
    ? Number.MAX_SAFE_INTEGER
    : Number.parseInt(text, text.startsWith('0x') ? 16 : 10);
}

/** What was last done to a standard stream, in words without its number; null if it leads to the null device. */
function fate(stream: number, path: readonly Step[]): string | null {
  const last = path.findLast(
    (step) =>
      closes(step, stream) ||
      (did('dup2')(step) && step.arguments[1] === String(stream)) ||
      (did('open')(step) && descriptor(step.result ?? '') === stream),
  );
  if (last === undefined) return 'no dup2(2) onto';
  if (last.call === 'close' || last.call === 'close_range')
    return `no open(2) came after the ${last.call}(2) of`;
  const source = last.call === 'dup2' ? pathOf(last.arguments[0] ?? '') : (last.arguments[0] ?? null);
  if (source !== null && source !== namesNull) return `${last.call}(2) put ${source} on`;
  const opened = path.findLast((step) => did('open')(step) && step.arguments[0] === namesNull);
  return stream > 0 && opened?.arguments[1]?.startsWith('O_RDONLY') === true
    ? `open(2) of ${namesNull} was O_RDONLY, and it was put on`
    : null;
}

const keepsStreams: StepExplanation = ({ path }) => {
  const fates = new Map<string, string[]>();
  for (const stream of [0, 1, 2]) {
    const words = fate(stream, path);
    if (words !== null) fates.set(words, [...(fates.get(words) ?? []), String(stream)]);
  }
  const parts = [...fates].map(([words, streams]) => `${words} ${listed(streams)}`);
  return parts.length === 0 ? null : parts.join('; ');
};

/** Numbers from 3 up: whether anything was done to close them, and how far it went. */
const keepsDescriptors: StepExplanation = ({ path }) => {
  const tried = path.filter(
    ({ call, arguments: given }) =>
      call === 'close_range' || (call === 'close' && given.some((fd) => descriptor(fd) > 2)),
  );
  const refused = tried.findLast(failed('close_range'));
  const done = tried.filter(({ errno }) => errno === null);
  if (tried.length === 0) return 'neither close_range(2) nor close(2) of what is above 2 was called';
  if (done.length === 0) return `close_range(2) failed with ${refused?.errno}`;
  // Those that are planted, and the ones between them.
  const missed = plantedDescriptors.filter(({ fd }) => !done.some((step) => closes(step, fd)));
  if (missed.length === 0) return null;
  const shown = done.map(
    ({ call, arguments: [from = '', to = from, flags] }) =>
      `${call}(2) went from ${from} to ${to}${flags === undefined ? '' : ` with ${flags}`}`,
  );
  return listed(shown.slice(-2));
};

const keepsIgnored =
  (...names: readonly string[]): StepExplanation =>
  ({ path, start }) => {
    const ignored = names.length > 0 ? names : start.ignored.filter((name) => !spared.includes(name));
    const of = (name: string): Step | undefined =>
      path.findLast((step) => did('sigaction')(step) && step.arguments[0] === name);
    const untouched = ignored.filter((name) => of(name) === undefined);
    if (untouched.length > 0) return `sigaction(2) was never called for ${listed(untouched)}`;
    const set = ignored.filter((name) => of(name)?.arguments[1] === 'SIG_IGN');
    return set.length === 0 ? null : `sigaction(2) set ${listed(set)} to SIG_IGN`;
  };
/** Each has a requirement of its own. */
const spared: readonly string[] = ['SIGCHLD', 'SIGPIPE'];

const ignoresOwn =
  (...names: readonly string[]): StepExplanation =>
  ({ path }) => {
    const last = names.map((name) =>
      path.findLast((step) => did('sigaction')(step) && step.arguments[0] === name),
    );
    const said = last.flatMap((step) =>
      step === undefined ? [] : [`sigaction(2) set ${step.arguments[0]} to ${step.arguments[1]}`],
    );
    return said.length === 0 ? `sigaction(2) was never called for ${listed(names)}` : listed(said);
  };

/** The mask after each call; the names of strace(1) are without SIG, `~[KILL]` are all others. */
const keepsSignalMask: StepExplanation = (walk) => {
  const { path, start } = walk;
  const calls = path.filter(did('sigprocmask'));
  if (calls.length === 0) return never('sigprocmask', walk);
  const blocked = new Set<string>(start.blocked.map((name) => name.slice(3)));
  for (const {
    arguments: [how = '', set = ''],
  } of calls) {
    const named = (/\[(.*)\]/.exec(set)?.[1] ?? '').split(' ').filter((name) => name !== '');
    const every = set.startsWith('~');
    const inSet = (name: string): boolean => named.includes(name) !== every;
    if (how === 'SIG_SETMASK') for (const name of blocked) if (!inSet(name)) blocked.delete(name);
    if (how === 'SIG_UNBLOCK') for (const name of blocked) if (inSet(name)) blocked.delete(name);
    if (how !== 'SIG_UNBLOCK') for (const name of every ? [] : named) blocked.add(name);
  }
  const left = [...blocked].map((name) => `SIG${name}`);
  return left.length === 0 ? null : `no sigprocmask(2) unblocked ${listed(left)}`;
};

const starterStays: StepExplanation = ({ starter, all }) => {
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

const starterFails: StepExplanation = ({ starter, all }) => {
  const by = endedWith(starter, all);
  return by === null || by === 'exit(0)' ? null : `${by} ended the starter`;
};

/** The daemon itself ended: what it was told by, or told itself. */
const daemonEnds: StepExplanation = ({ last, all, starter }) => {
  const by = last.ending === null ? null : endedWith(last, all);
  if (by === null) return null;
  return last.pid === starter.pid
    ? `${by} ended the starter, no fork(2) came before it`
    : `${by} ended process ${last.pid}`;
};

const parentStays: StepExplanation = ({ all, last }) => {
  const forked = all.find((step) => step.pid === last.pid && did('fork')(step));
  return last.ending !== null || forked === undefined
    ? null
    : `fork(2) succeeded in process ${last.pid}, no exit(2) of it followed`;
};

const ofBecoming: readonly StepCall[] = [
  ...(['setsid', 'setpgid', 'chdir', 'umask', 'dup2', 'close_range', 'sigaction', 'sigprocmask'] as const),
];

/** Steps of the daemon that came when its starter had already ended. */
const returnsEarly: StepExplanation = ({ path, all, starter }) => {
  const end = all.findIndex((step) => step.pid === starter.pid && step.call === 'exit');
  if (end < 0) return null;
  const late = new Set(
    path.filter((step) => all.indexOf(step) > end && did(...ofBecoming)(step)).map(({ call }) => call),
  );
  return late.size === 0
    ? null
    : `exit(2) of the starter came before ${listed([...late].map((call) => `${call}(2)`))}`;
};

const neverCalled =
  (call: StepCall): StepExplanation =>
  (walk) => {
    const last = walk.path.findLast((step) => step.call === call);
    if (last === undefined) return never(call, walk);
    return last.errno === null ? null : `${call}(2) failed with ${last.errno}`;
  };

const keepsGroups: StepExplanation = (walk) => {
  const { path } = walk;
  const refused = path.findLast(failed('setgroups'));
  const before = refused === undefined ? -1 : path.slice(0, path.indexOf(refused)).findIndex(did('setuid'));
  return before < 0
    ? neverCalled('setgroups')(walk)
    : `setgroups(2) failed with ${refused?.errno}, setuid(2) had come before it`;
};

const session = either(noSession);
const terminal = either(noSession, acquiresTerminal);
const streams = keepsStreams;

const explanations: Readonly<Record<string, StepExplanation>> = {
  session,
  'process-group': session,
  'detached-start': either(noSession, daemonEnds),
  'leader-start': either(noSession, daemonEnds),
  'session-leader': leadsSession,
  'terminal-acquisition': leadsSession,
  'controlling-terminal': terminal,
  'foreground-process-group': terminal,
  'terminal-hangup': session,
  'session-sighup': session,
  logout: session,
  'keyboard-signals': session,
  'working-directory': staysInDirectory,
  'unreachable-directory': staysInDirectory,
  'pinned-filesystem': staysInDirectory,
  'root-directory': changesRoot,
  'file-mode-creation-mask': keepsMask,
  'inherited-file-mode-creation-mask': keepsMask,
  'created-file-modes': keepsMask,
  'standard-streams': streams,
  'terminal-output': streams,
  'output-after-hangup': streams,
  'captured-output': either(streams, keepsDescriptors),
  'terminal-descriptors': either(streams, holdsTerminal, keepsDescriptors),
  'inherited-descriptors': keepsDescriptors,
  'inherited-descriptors-above-limit': keepsDescriptors,
  'inherited-pipe': keepsDescriptors,
  'inherited-lock': keepsDescriptors,
  'ignored-signals': keepsIgnored(),
  'ignored-sigchld': keepsIgnored('SIGCHLD'),
  'ignored-sigpipe': keepsIgnored('SIGPIPE'),
  'sighup-disposition': ignoresOwn('SIGHUP'),
  'job-control-dispositions': ignoresOwn('SIGTSTP', 'SIGTTIN', 'SIGTTOU'),
  'signal-mask': keepsSignalMask,
  'termination-after-hostile-start': keepsSignalMask,
  'starter-return': starterStays,
  'starter-exit-status': starterFails,
  'lingering-intermediate': parentStays,
  'parent-process': parentStays,
  'surviving-processes': daemonEnds,
  stability: daemonEnds,
  'ready-at-return': returnsEarly,
  'user-ids': neverCalled('setuid'),
  'supplementary-groups': keepsGroups,
  'nice-value': neverCalled('setpriority'),
};
