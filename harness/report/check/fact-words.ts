/** Facts in words, as people know them from ps(1) and proc(5). Not escaped. */

import { type Descriptor, type Fact, isUnreadable } from '../../facts/process.ts';
import type { ObservedProcess } from '../../facts/run.ts';
import { bounded, boundedList } from '../escape/bounded.ts';

export interface FactRow {
  readonly name: string;
  readonly show: (process: ObservedProcess) => string;
}

const charactersAtMost = 1_200;
const targetAtMost = 120;
const descriptorsAtMost = 16;

/** A fact, or why it is not known. */
export function told<T>(fact: Fact<T>, show: (value: T) => string): string {
  const text = isUnreadable(fact) ? `not readable: ${fact.unreadable}` : show(fact as T);
  return bounded(text, charactersAtMost);
}

export function terminalWords({ terminal }: ObservedProcess): string {
  return told(terminal, (value) => (value === null ? 'none' : (value.name ?? value.device)));
}

export function standardStreamWords({ descriptors }: ObservedProcess): string {
  return told(descriptors, (all) => {
    const streams = [0, 1, 2].map((fd) => all.find((each) => each.fd === fd)?.target ?? 'closed');
    return [...new Set(streams)].length === 1 ? (streams[0] ?? '') : streams.join(', ');
  });
}

function list(words: readonly string[]): string {
  return words.length === 0 ? 'none' : words.join(' ');
}

function signals(name: 'blocked' | 'ignored' | 'caught' | 'pending'): (process: ObservedProcess) => string {
  return (process) => told(process.signals, (sets) => list(sets[name]));
}

function descriptorWords({ fd, target, planted, closeOnExec }: Descriptor): string {
  const notes = [planted === null ? '' : `planted: ${planted}`, closeOnExec === true ? 'close-on-exec' : ''];
  const note = notes.filter((each) => each !== '').join(', ');
  return `${fd} ${bounded(target, targetAtMost)}${note === '' ? '' : ` (${note})`}`;
}

/** The facts a person compares, in the order in which daemon(7) asks for them. */
export const factRows: readonly FactRow[] = [
  { name: 'command', show: ({ commandLine }) => told(commandLine, (words) => words.join(' ')) },
  { name: 'executable', show: ({ executable }) => told(executable, String) },
  { name: 'parent', show: ({ parent }) => told(parent, ({ pid, role }) => `${pid} (${role})`) },
  { name: 'session', show: ({ session }) => told(session, String) },
  { name: 'process group', show: ({ processGroup }) => told(processGroup, String) },
  { name: 'controlling terminal', show: terminalWords },
  {
    name: 'foreground process group',
    show: (process) =>
      told(process.foregroundProcessGroup, (group) => (group === -1 ? 'none' : String(group))),
  },
  { name: 'file mode creation mask', show: (process) => told(process.fileModeCreationMask, String) },
  { name: 'working directory', show: ({ workingDirectory }) => told(workingDirectory, String) },
  { name: 'root directory', show: ({ rootDirectory }) => told(rootDirectory, String) },
  { name: 'standard streams', show: standardStreamWords },
  {
    name: 'file descriptors',
    show: ({ descriptors }) =>
      told(
        descriptors,
        (all) => boundedList(all.map(descriptorWords), descriptorsAtMost).join('; ') || 'none',
      ),
  },
  { name: 'signals blocked', show: signals('blocked') },
  { name: 'signals ignored', show: signals('ignored') },
  { name: 'signals caught', show: signals('caught') },
  { name: 'signals pending', show: signals('pending') },
  { name: 'user IDs', show: ({ userIds }) => told(userIds, (all) => triple(all)) },
  { name: 'group IDs', show: ({ groupIds }) => told(groupIds, (all) => triple(all)) },
  {
    name: 'supplementary groups',
    show: (process) => told(process.supplementaryGroups, (all) => list(all.map(String))),
  },
  {
    name: 'effective capabilities',
    show: ({ capabilities }) => told(capabilities, ({ effective }) => list(effective)),
  },
  { name: 'nice value', show: ({ nice }) => told(nice, String) },
  { name: 'OOM score adjustment', show: ({ oomScoreAdjustment }) => told(oomScoreAdjustment, String) },
  {
    name: 'limits, soft / hard',
    show: ({ limits }) =>
      told(limits, (all) =>
        ['core', 'nofile']
          .flatMap((name) => {
            const limit = all[name];
            return limit === undefined ? [] : [`${name} ${limit.soft} / ${limit.hard}`];
          })
          .join('; '),
      ),
  },
  { name: 'session variables', show: (process) => told(process.sessionVariables, list) },
  {
    name: 'planted variable',
    show: ({ environmentMarker }) =>
      told(environmentMarker, (there) => (there ? 'still there' : 'not there')),
  },
  { name: 'state', show: ({ state }) => told(state, String) },
  { name: 'waiting', show: ({ waiting }) => told(waiting, (word) => word.replaceAll('-', ' ')) },
];

function triple({
  real,
  effective,
  saved,
}: {
  readonly real: number;
  readonly effective: number;
  readonly saved: number;
}): string {
  return real === effective && effective === saved
    ? String(real)
    : `real ${real}, effective ${effective}, saved ${saved}`;
}
