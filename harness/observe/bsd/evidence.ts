/** Lines a person can check by hand: the command to type and what it shows. */

import {
  type Descriptor,
  type FactName,
  isUnreadable,
  type ProcessFacts,
  type ThreadFacts,
  type Unreadable,
} from '../../facts/process.ts';
import type { SignalNumbers } from '../../libc/constants/bsd-signals.ts';

type ReadFact<T> = Exclude<T, Unreadable>;

/** One function per fact, as for {@link Readers}. */
export type EvidenceLines = {
  readonly [Name in FactName]: (
    fact: ReadFact<ProcessFacts[Name]>,
    pid: number,
  ) => string | readonly string[];
};

/** Enough to see what is wrong; a program may have ten thousand descriptors, or threads. */
const shownAtMost = 20;

export function evidenceFrom(lines: EvidenceLines): (process: ProcessFacts, name: FactName) => string[] {
  const linesOf = <Name extends FactName>(name: Name, fact: ProcessFacts[Name], pid: number): string[] => {
    if (isUnreadable(fact)) return [fact.unreadable];
    const written = lines[name](fact as ReadFact<ProcessFacts[Name]>, pid);
    return typeof written === 'string' ? [written] : [...written];
  };
  return (process, name) => linesOf(name, process[name], process.pid);
}

/** `ps -o ppid -p 402: 1` */
export function ps(keyword: string, pid: number, value: string | number): string {
  return `ps -ww -o ${keyword} -p ${pid}: ${value}`;
}

export function namesOrNone(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(' ');
}

export function shown<T>(all: readonly T[], line: (one: T) => string): string[] {
  const first = all.slice(0, shownAtMost).map(line);
  return all.length > shownAtMost ? [...first, `and ${all.length - shownAtMost} more`] : first;
}

/** All descriptors by number, and the telling ones: standard streams, terminals and what was planted. */
export function descriptorLines(command: string, descriptors: readonly Descriptor[]): string[] {
  const telling = descriptors.filter(
    ({ fd, kind, planted }) => fd <= 2 || kind === 'terminal' || planted !== null,
  );
  const numbers = shown(descriptors, ({ fd }) => `${fd}`).join(' ');
  return [
    `${command}: ${descriptors.length === 0 ? 'none open' : numbers}`,
    ...shown(telling, ({ fd, target, device, planted }) => {
      const notes = [
        device === null ? '' : `device ${device}`,
        planted === null ? '' : `planted: ${planted}`,
      ];
      const written = notes.filter((note) => note !== '').join(', ');
      return `${command}: ${fd} is ${target}${written === '' ? '' : ` (${written})`}`;
    }),
  ];
}

/** What ps(1) shows alike on all three systems. */
export const commonLines = {
  parent: ({ pid: parent, role }, pid) => `${ps('ppid', pid, parent)} (${role})`,
  processGroup: (group, pid) => ps('pgid', pid, group),
  session: (session, pid) => ps('sid', pid, session),
  terminal: (terminal, pid) =>
    terminal === null
      ? ps('tty', pid, 'none')
      : ps('tty', pid, `${terminal.name ?? 'no node of that number'} (device ${terminal.device})`),
  foregroundProcessGroup: (group, pid) => ps('tpgid', pid, group === -1 ? 'none' : group),
  workingDirectoryRemoved: (removed) =>
    `working directory: ${removed ? 'link count 0, removed' : 'not removed'}`,
  commandName: (name, pid) => ps('ucomm', pid, name),
  commandLine: (words, pid) => ps('args', pid, JSON.stringify(words)),
  state: (state, pid) => ps('state', pid, state),
  startTime: (microseconds, pid) => ps('lstart', pid, `${microseconds} microseconds`),
  threads: (count, pid) => `threads of process ${pid}: ${count}`,
  threadFacts: (threads: readonly ThreadFacts[], pid) =>
    shown(threads, ({ tid, blocked }) => `thread ${tid} of process ${pid}: blocked ${namesOrNone(blocked)}`),
  signals: ({ blocked, ignored, caught, pending }, pid) => [
    ps('sigmask', pid, namesOrNone(blocked)),
    `${ps('sigignore', pid, namesOrNone(ignored))} (without those ignored by default, which are always in it)`,
    ps('sigcatch', pid, namesOrNone(caught)),
    ps('sig', pid, namesOrNone(pending)),
  ],
  userIds: ({ real, effective, saved }, pid) => ps('ruid,uid,svuid', pid, `${real} ${effective} ${saved}`),
  groupIds: ({ real, effective, saved }, pid) =>
    `real, effective and saved group of process ${pid}: ${real} ${effective} ${saved}`,
  supplementaryGroups: (groups, pid) => `groups of process ${pid}: ${namesOrNone(groups.map(String))}`,
  nice: (nice, pid) => ps('nice', pid, nice),
  limits: (limits, pid) =>
    Object.entries(limits).map(
      ([name, { soft, hard }]) => `limit ${name} of process ${pid}: ${soft} ${hard}`,
    ),
  environmentMarker: (present, pid) =>
    ps('command', pid, `${present ? 'holds' : 'does not hold'} a planted variable`).replace('ps ', 'ps -e '),
  sessionVariables: (names, pid) =>
    ps(
      'command',
      pid,
      names.length === 0 ? 'no login-session variable' : `holds ${names.join(', ')}`,
    ).replace('ps ', 'ps -e '),
  waiting: (waiting, pid) => ps('state,wchan', pid, waiting === 'no' ? 'does not sleep' : 'sleeps'),
  fileModeCreationMask: (mask, pid) => `file mode creation mask of process ${pid}: ${mask}`,
  // No BSD has them, so that the reason is the line.
  oomScoreAdjustment: (score, pid) => `OOM score adjustment of process ${pid}: ${score}`,
  capabilities: (_capabilities, pid) => `capabilities of process ${pid}`,
  workingDirectory: (path, pid) => `working directory of process ${pid}: ${path}`,
  rootDirectory: (path, pid) => `root directory of process ${pid}: ${path}`,
  executable: (path, pid) => `executable of process ${pid}: ${path}`,
  descriptors: (descriptors, pid) => descriptorLines(`fstat -p ${pid}`, descriptors),
} satisfies EvidenceLines;

/**
 * Signal sets as ps(1) prints them, of 32 bits. What is ignored by default stands in the ignored set unless it is
 * caught.
 */
export function signalLines({ names, ignoredByDefault }: SignalNumbers): EvidenceLines['signals'] {
  const hex = (held: readonly string[]): string =>
    held
      .map((name) => names.indexOf(name))
      .filter((bit) => bit >= 0 && bit < 32)
      .reduce((bits, bit) => bits + 2 ** bit, 0)
      .toString(16);
  return ({ blocked, ignored, caught, pending }, pid) => {
    const always = ignoredByDefault.filter((name) => !caught.includes(name));
    return [
      ps('sigmask', pid, `${hex(blocked)} (${namesOrNone(blocked)})`),
      ps(
        'sigignore',
        pid,
        `${hex([...ignored, ...always])} (${namesOrNone(ignored)}, and by default ${always.join(' ')})`,
      ),
      ps('sigcatch', pid, `${hex(caught)} (${namesOrNone(caught)})`),
      ps('sig', pid, `${hex(pending)} (${namesOrNone(pending)})`),
    ];
  };
}
