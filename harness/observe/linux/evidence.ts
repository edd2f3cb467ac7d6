/** Where each fact was read and what stood there: lines that a person can check by hand. */

import {
  type Descriptor,
  type FactName,
  isUnreadable,
  type ProcessFacts,
  type ResourceLimit,
  type ThreadFacts,
} from '../../facts/process.ts';
import { capabilitySet } from './capability-names.ts';
import { terminalNumber } from './device-number.ts';
import { limitRows } from './proc-pid-limits.ts';
import { signalMask } from './signal-names.ts';

type ReadFact<T> = Exclude<T, { readonly unreadable: string }>;
type Lines<K extends FactName> = (fact: ReadFact<ProcessFacts[K]>, pid: number) => string | readonly string[];

/** Enough to see what is wrong; a program may have ten thousand descriptors, or threads. */
const shownAtMost = 20;

function areAlike(threads: readonly ThreadFacts[]): boolean {
  const looks = threads.map(({ tid, ...rest }) => JSON.stringify(rest));
  return looks.every((look) => look === looks[0]);
}

const lines: { readonly [K in FactName]: Lines<K> } = {
  parent: ({ pid: parent, role }, pid) => `${stat(pid, 4, 'ppid', parent)} (${role})`,
  processGroup: (group, pid) => stat(pid, 5, 'pgrp', group),
  session: (session, pid) => stat(pid, 6, 'session', session),
  terminal: (terminal, pid) => {
    if (terminal === null) return stat(pid, 7, 'tty_nr', 0);
    const [major = 0, minor = 0] = terminal.device.split(':').map(Number);
    const name = terminal.name === null ? '' : `, ${terminal.name}`;
    return `${stat(pid, 7, 'tty_nr', terminalNumber({ major, minor }))} (device ${terminal.device}${name})`;
  },
  foregroundProcessGroup: (group, pid) => stat(pid, 8, 'tpgid', group),
  fileModeCreationMask: (mask, pid) => status(pid, 'Umask', mask),
  workingDirectory: (path, pid) => `/proc/${pid}/cwd -> ${path}`,
  workingDirectoryRemoved: (removed, pid) =>
    `stat -L /proc/${pid}/cwd: ${removed ? 'link count 0, removed' : 'not removed'}`,
  rootDirectory: (path, pid) => `/proc/${pid}/root -> ${path}`,
  executable: (path, pid) => `/proc/${pid}/exe -> ${path}`,
  commandName: (name, pid) => stat(pid, 2, 'comm', `(${name})`),
  commandLine: (words, pid) => `/proc/${pid}/cmdline = ${JSON.stringify(words)}`,
  state: (state, pid) => stat(pid, 3, 'state', state),
  startTime: (ticks, pid) => stat(pid, 22, 'starttime', ticks),
  threads: (count, pid) => stat(pid, 20, 'num_threads', count),
  // Threads that are all alike show no more than the process does.
  threadFacts: (threads, pid) =>
    shown(areAlike(threads) ? [] : threads, ({ tid, blocked, fileModeCreationMask, workingDirectory }) => {
      const mask = `SigBlk = ${hexAndNames(signalMask(blocked), blocked)}`;
      const umask = fileModeCreationMask === null ? '' : `, Umask = ${fileModeCreationMask}`;
      const cwd = workingDirectory === null ? '' : `, cwd -> ${workingDirectory}`;
      return `/proc/${pid}/task/${tid}: ${mask}${umask}${cwd}`;
    }),
  descriptors: (descriptors, pid) => [
    `/proc/${pid}/fd: ${descriptors.length === 0 ? 'none open' : ranges(descriptors)}`,
    ...shown(descriptors.filter(isTelling), (descriptor) => evidenceOfDescriptor(pid, descriptor)),
  ],
  signals: ({ blocked, ignored, caught, pending }, pid) => [
    status(pid, 'SigBlk', hexAndNames(signalMask(blocked), blocked)),
    status(pid, 'SigIgn', hexAndNames(signalMask(ignored), ignored)),
    status(pid, 'SigCgt', hexAndNames(signalMask(caught), caught)),
    status(pid, 'SigPnd | ShdPnd', hexAndNames(signalMask(pending), pending)),
  ],
  userIds: ({ real, effective, saved }, pid) => status(pid, 'Uid', `${real} ${effective} ${saved}`),
  groupIds: ({ real, effective, saved }, pid) => status(pid, 'Gid', `${real} ${effective} ${saved}`),
  supplementaryGroups: (groups, pid) =>
    status(pid, 'Groups', groups.length === 0 ? 'none' : groups.join(' ')),
  nice: (nice, pid) => stat(pid, 19, 'nice', nice),
  oomScoreAdjustment: (score, pid) => `/proc/${pid}/oom_score_adj = ${score}`,
  limits: (limits, pid) => Object.entries(limits).map(([name, limit]) => limitLine(pid, name, limit)),
  capabilities: ({ permitted, effective, inheritable, ambient, noNewPrivileges }, pid) => [
    status(pid, 'CapPrm', capabilitySet(permitted)),
    status(pid, 'CapEff', capabilitySet(effective)),
    status(pid, 'CapInh', capabilitySet(inheritable)),
    status(pid, 'CapAmb', capabilitySet(ambient)),
    status(pid, 'NoNewPrivs', noNewPrivileges ? 1 : 0),
  ],
  environmentMarker: (present, pid) =>
    `/proc/${pid}/environ ${present ? 'holds' : 'does not hold'} a planted variable`,
  sessionVariables: (names, pid) =>
    `/proc/${pid}/environ ${names.length === 0 ? 'holds no login-session variable' : `holds ${names.join(', ')}`}`,
  waiting: (waiting, pid) => `/proc/${pid}/syscall: ${sleeps[waiting]}`,
};

const sleeps: Readonly<Record<ReadFact<ProcessFacts['waiting']>, string>> = {
  'without-timeout': 'every thread waits in a call that no clock ends',
  'unless-alarm': 'every thread waits in a call without a timeout, but an alarm or a timer may be set',
  'with-timeout': 'sleeps, but a clock may end it',
  no: 'does not sleep',
};

/** Lines for one fact of a process; for an unreadable one the reason, which names file and errno. */
export function evidenceOf(process: ProcessFacts, name: FactName): string[] {
  return linesOf(name, process[name], process.pid);
}

function linesOf<K extends FactName>(name: K, fact: ProcessFacts[K], pid: number): string[] {
  if (isUnreadable(fact)) return [fact.unreadable];
  const written = (lines[name] as Lines<K>)(fact as ReadFact<ProcessFacts[K]>, pid);
  return typeof written === 'string' ? [written] : [...written];
}

export const listingOf = (pid: number): string => `ls -l /proc/${pid}/fd`;

/** `/proc/402/fd/7 -> /dev/pts/3`, and what the link alone does not tell. */
export function evidenceOfDescriptor(pid: number, descriptor: Descriptor): string {
  const { fd, target, device, planted, deleted } = descriptor;
  const notes: string[] = [];
  if (device !== null) notes.push(`device ${device}`);
  if (planted !== null) notes.push(`planted: ${planted}`);
  if (deleted) notes.push('link count 0');
  return `/proc/${pid}/fd/${fd} -> ${target}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
}

/** Standard streams, terminals and what was planted: requirements ask after these first. */
function isTelling({ fd, kind, planted }: Descriptor): boolean {
  return fd <= 2 || kind === 'terminal' || planted !== null;
}

function stat(pid: number, field: number, name: string, value: string | number): string {
  return `/proc/${pid}/stat field ${field} (${name}) = ${value}`;
}

function status(pid: number, name: string, value: string | number): string {
  return `/proc/${pid}/status ${name} = ${value}`;
}

function hexAndNames(hex: string, names: readonly string[]): string {
  return names.length === 0 ? hex : `${hex} (${names.join(' ')})`;
}

function limitLine(pid: number, name: string, { soft, hard }: ResourceLimit): string {
  return `/proc/${pid}/limits ${limitRows[name] ?? name} = ${soft} ${hard}`;
}

function shown<T>(all: readonly T[], line: (one: T) => string): string[] {
  const first = all.slice(0, shownAtMost).map(line);
  return all.length > shownAtMost ? [...first, `and ${all.length - shownAtMost} more`] : first;
}

/** `0-2 17 900` */
function ranges(descriptors: readonly Descriptor[]): string {
  const runs: { readonly first: number; last: number }[] = [];
  for (const { fd } of descriptors) {
    const run = runs.at(-1);
    if (run !== undefined && run.last === fd - 1) run.last = fd;
    else runs.push({ first: fd, last: fd });
  }
  return shown(runs, ({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(' ');
}
