/** From all that was traced the steps that make a daemon, of the processes that led to it. Pure. */

import type { Step, StepCall, StepTrace, TracedProcess } from '../facts/trace.ts';
import { familyOf, isThread, lineageOf } from './family.ts';
import type { TracedCall, TracedEnd, TraceEvent } from './parse-strace.ts';

const stepsAtMost = 2000;
/** A program closes files it has read now and then; so many in a row are a step. */
const closesAreStep = 3;

/** What strace(1) is asked to follow; a name with `?` need not exist on this machine. */
export const tracedCalls = [
  ...['fork', 'vfork', 'clone', 'clone3', 'execve', 'execveat', 'exit', 'exit_group'],
  ...['setsid', 'setpgid', 'chdir', 'fchdir', 'chroot', 'umask', 'rt_sigaction', 'rt_sigprocmask'],
  ...['open', 'openat', 'openat2', 'creat', 'dup', 'dup2', 'dup3', 'close', 'close_range', 'ioctl'],
  ...['setuid', 'setreuid', 'setresuid', 'setgroups', 'setpriority'],
]
  .map((name) => `?${name}`)
  .join(',');

/** @param by the tracer and its version */
export function daemonSteps(events: readonly TraceEvent[], by: string): StepTrace {
  const family = familyOf(events);
  const lineage = lineageOf(family);
  const daemon = lineage.at(-1) ?? null;
  const kept = family.pids.filter((pid) => lineage.includes(pid) || !family.ends.has(pid));
  const processes = kept.map((pid): TracedProcess => {
    const end = family.ends.get(pid);
    const parent = family.parents.get(pid) ?? null;
    return { pid, parent, role: role(pid), ending: end === undefined ? null : endingOf(end) };
  });
  const startedMs = events[0]?.atMs ?? 0;
  const joined = joinCloses(
    events.flatMap((event): readonly StepCallRow[] => {
      const pid = family.processOf(event.pid);
      if (!kept.includes(pid)) return [];
      const step = stepOf(event, pid);
      return [{ pid, step: step === null ? null : { atMs: rounded(event.atMs - startedMs), pid, ...step } }];
    }),
  );
  const steps = withoutVoidMasks(joined.slice(0, stepsAtMost));
  const left = Math.max(0, joined.length - stepsAtMost);
  return { kind: 'traced', by, processes, steps, left };

  function role(pid: number): TracedProcess['role'] {
    if (pid === family.pids[0]) return 'starter';
    if (pid === daemon) return 'daemon';
    return lineage.includes(pid) ? 'intermediate' : 'survivor';
  }
}

/** strace(1) tells microseconds. */
const rounded = (ms: number): number => Math.max(0, Math.round(ms * 1000) / 1000);

function endingOf({ exitCode, signal }: TracedEnd): string {
  return signal === null ? `exit status ${exitCode}` : `ended by ${signal}`;
}

type WithoutPlace = Omit<Step, 'atMs' | 'pid'>;

function stepOf(event: TraceEvent, pid: number): WithoutPlace | null {
  switch (event.kind) {
    case 'signal':
      return null;
    case 'ended':
      return event.signal === null || event.pid !== pid ? null : plain('killed', [event.signal]);
    case 'call':
      return stepOfCall(event, pid);
  }
}

function plain(call: StepCall, given: readonly string[]): WithoutPlace {
  return { call, arguments: given, result: null, errno: null };
}

function stepOfCall(event: TracedCall, pid: number): WithoutPlace | null {
  const { name, arguments: given, result, errno } = event;
  const step = (call: StepCall, shown: readonly string[]): WithoutPlace => ({
    call,
    arguments: shown,
    result,
    errno,
  });
  const [first = '', second = '', third = ''] = given;
  switch (name) {
    case 'fork':
    case 'vfork':
    case 'clone':
    case 'clone3':
      return isThread(event) ? null : step('fork', []);
    case 'execve':
      // execvp(3) looks along PATH.
      return errno === 'ENOENT' ? null : step('execve', [first]);
    case 'execveat':
      return step('execve', [second]);
    case 'setsid':
      return step('setsid', []);
    case 'setpgid':
      return step('setpgid', [first, second]);
    case 'chdir':
    case 'chroot':
    case 'umask':
      return step(name, [first]);
    case 'fchdir':
      return step('chdir', [pathOf(first) ?? first]);
    case 'open':
      return isOpening(first, result) ? step('open', [first, second]) : null;
    case 'openat':
    case 'openat2':
      return isOpening(second, result) ? step('open', [second, third]) : null;
    case 'creat':
      return isOpening(first, result) ? step('open', [first, 'O_CREAT|O_WRONLY|O_TRUNC']) : null;
    case 'dup':
      return isStandard(result) ? step('dup2', [first, number(result)]) : null;
    case 'dup2':
    case 'dup3':
      return isStandard(second) || isDevice(pathOf(first) ?? '')
        ? step('dup2', [first, number(second)])
        : null;
    case 'close':
      return errno === null || errno === 'EBADF' ? step('close', [number(first)]) : null;
    case 'close_range':
      return step('close_range', given.slice(0, third === '0' ? 2 : 3));
    case 'ioctl':
      return second === 'TIOCNOTTY' || second === 'TIOCSCTTY' ? step('ioctl', [second]) : null;
    case 'rt_sigaction':
      return sigaction(event, step);
    case 'rt_sigprocmask':
      // Each thread has a mask of its own; the daemon's is that of its first.
      return second === 'NULL' || event.pid !== pid ? null : step('sigprocmask', [first, second]);
    case 'setuid':
    case 'setreuid':
    case 'setresuid':
      return step('setuid', [...new Set(given)]);
    case 'setgroups':
      return step('setgroups', [second]);
    case 'setpriority':
      return step('setpriority', [third]);
    case 'exit':
      // Of a thread it ends that thread alone.
      return event.pid === pid ? step('exit', [first]) : null;
    case 'exit_group':
      return step('exit', [first]);
    default:
      return null;
  }
}

/** `3</dev/null>` is descriptor 3. */
function number(descriptor: string | null): string {
  return /^-?\d+/.exec(descriptor ?? '')?.[0] ?? '';
}

/** The path of `3</dev/null>`, in quotes as strace(1) writes it elsewhere. */
export function pathOf(descriptor: string): string | null {
  const [, path] = /^[\w-]+<(.*)>(?:\(deleted\))?$/.exec(descriptor) ?? [];
  return path === undefined ? null : `"${path}"`;
}

const isStandard = (descriptor: string | null): boolean => /^[012](?!\d)/.test(descriptor ?? '');

/** A standard stream, or what might become one: a device. */
function isOpening(path: string, result: string | null): boolean {
  return isStandard(result) || isDevice(path);
}

const isDevice = (path: string): boolean => /^"\/dev\/(?:null|zero|tty|pts|console|ptmx)/.test(path);

/** `SIGHUP, {sa_handler=SIG_IGN, ...}`: to ask what is in force is no step, nor is to set the same again. */
function sigaction(
  { arguments: given }: TracedCall,
  step: (call: StepCall, shown: readonly string[]) => WithoutPlace,
): WithoutPlace | null {
  const handler = (action: string): string | undefined => /^\{sa_handler=(\w+)/.exec(action)?.[1];
  const [signal = '', action = '', former = ''] = given;
  const set = handler(action);
  // SIGRT_0 and SIGRT_1 are the C library's own, nptl(7).
  if (set === undefined || set === handler(former) || signal.startsWith('SIGRT_')) return null;
  return step('sigaction', [signal, set.startsWith('SIG_') ? set : 'handler']);
}

/** The C library blocks signals and sets the mask anew around fork(2) and for each thread: only the last counts. */
function withoutVoidMasks(steps: readonly Step[]): readonly Step[] {
  const isMask = (step: Step | undefined): step is Step => step?.call === 'sigprocmask';
  const lasting = steps.filter((step, at) => {
    const next = steps.slice(at + 1).find(({ pid }) => pid === step.pid);
    return !isMask(step) || !isMask(next) || next.arguments[0] !== 'SIG_SETMASK';
  });
  return lasting.filter((step, at) => {
    const former = lasting.slice(0, at).findLast((each) => each.pid === step.pid && isMask(each));
    return !isMask(step) || former?.arguments.join() !== step.arguments.join();
  });
}

interface StepCallRow {
  readonly pid: number;
  /** null: a call that is no step, but comes between two that are. */
  readonly step: Step | null;
}

/** Calls of close(2) in a row, upwards or downwards, become one step; one or two are a file that was read. */
function joinCloses(all: readonly StepCallRow[]): readonly Step[] {
  const rows: Step[][] = [];
  /** The row a process is in, while it calls nothing but close(2). */
  const open = new Map<number, Step[]>();
  for (const { pid, step } of all) {
    const row = open.get(pid);
    if (step?.call !== 'close') {
      open.delete(pid);
      if (step !== null) rows.push([step]);
    } else if (row !== undefined && goesOn(row, step)) {
      row.push(step);
    } else {
      // A row of two may be the end of something else, and the beginning of this one.
      const turned = row?.length === 2 ? row.splice(1) : [];
      const begun = [...turned, step];
      open.set(pid, begun);
      rows.push(begun);
    }
  }
  return rows.flatMap((row) => (row[0]?.call === 'close' ? closed(row) : row));
}

const descriptorOf = ({ arguments: [fd] }: Step): number => Number(fd);

function goesOn(row: readonly Step[], next: Step): boolean {
  const [before, last] = row.slice(-2).map(descriptorOf);
  const at = descriptorOf(next);
  if (before === undefined) return false;
  if (last === undefined) return at !== before;
  return last > before ? at > last : at < last;
}

function closed(row: readonly Step[]): readonly Step[] {
  const [first] = row;
  const last = row.at(-1);
  if (first === undefined || last === undefined || row.length < closesAreStep) {
    return row.filter(({ arguments: [fd = ''], errno }) => isStandard(fd) && errno === null);
  }
  const ends = [first, last].map(({ arguments: [fd = ''] }) => fd);
  return [{ ...first, arguments: ends, result: '0', errno: null }];
}
