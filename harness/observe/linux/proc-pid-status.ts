/** /proc/PID/status and /proc/PID/task/TID/status, proc_pid_status(5). */

import {
  type Capabilities,
  type Fact,
  type IdTriple,
  isUnreadable,
  type ProcessState,
  type SignalSets,
  unreadable,
} from '../../facts/process.ts';
import { capabilityNames } from './capability-names.ts';
import { isProcessState } from './proc-pid-stat.ts';
import { reading, textOf } from './reading.ts';
import { signalNames } from './signal-names.ts';

export interface ProcPidStatus {
  readonly state: Fact<ProcessState>;
  readonly fileModeCreationMask: Fact<string>;
  readonly userIds: Fact<IdTriple>;
  readonly groupIds: Fact<IdTriple>;
  readonly supplementaryGroups: Fact<readonly number[]>;
  readonly signals: Fact<SignalSets>;
  readonly capabilities: Fact<Capabilities>;
  /** The lines that tell one moment from another, context switches among them; null if those are not counted. */
  readonly moment: string | null;
}

/** Value of a line. The kernel escapes newlines in the name on the first line, so no program can forge one. */
function line(text: string, name: string): string | null {
  const start = text.indexOf(`\n${name}:`);
  if (start < 0) return null;
  const end = text.indexOf('\n', start + 1);
  return text.slice(start + name.length + 2, end < 0 ? undefined : end).trim();
}

const timelyLines = [
  'State',
  'Umask',
  'Uid',
  'Gid',
  'Threads',
  'SigPnd',
  'ShdPnd',
  'SigBlk',
  'SigIgn',
  'SigCgt',
  'voluntary_ctxt_switches',
  'nonvoluntary_ctxt_switches',
];

/** Facts of a status text. `path` only serves the reasons: a kernel may lack a line, and a zombie has no Umask. */
export function parseProcPidStatus(text: string, path: string): ProcPidStatus {
  const letter = line(text, 'State')?.slice(0, 1) ?? '';
  const whose = letter === 'Z' ? ' (zombie)' : '';
  const fact = <T>(names: readonly string[], build: (values: readonly string[]) => T): Fact<T> => {
    const values: string[] = [];
    for (const name of names) {
      const value = line(text, name);
      if (value === null) return unreadable(`no ${name} in ${path}${whose}`);
      values.push(value);
    }
    return build(values);
  };
  return {
    state: isProcessState(letter) ? letter : unreadable(`no known State in ${path}`),
    fileModeCreationMask: fact(['Umask'], ([mask = '']) => mask.padStart(4, '0')),
    userIds: fact(['Uid'], ([ids = '']) => idTriple(ids)),
    groupIds: fact(['Gid'], ([ids = '']) => idTriple(ids)),
    supplementaryGroups: fact(['Groups'], ([groups = '']) =>
      groups === '' ? [] : groups.split(' ').map(Number),
    ),
    signals: fact(
      ['SigBlk', 'SigIgn', 'SigCgt', 'SigPnd', 'ShdPnd'],
      ([blocked = '', ignored = '', caught = '', ofThread = '', ofProcess = '']) => ({
        blocked: signalNames(blocked),
        ignored: signalNames(ignored),
        caught: signalNames(caught),
        pending: signalNames(union(ofThread, ofProcess)),
      }),
    ),
    capabilities: fact(
      ['CapPrm', 'CapEff', 'CapInh', 'CapAmb', 'NoNewPrivs'],
      ([permitted = '', effective = '', inheritable = '', ambient = '', noNewPrivileges]) => ({
        permitted: capabilityNames(permitted),
        effective: capabilityNames(effective),
        inheritable: capabilityNames(inheritable),
        ambient: capabilityNames(ambient),
        noNewPrivileges: noNewPrivileges === '1',
      }),
    ),
    moment: momentIn(text),
  };
}

function momentIn(text: string): string | null {
  const isCounted = line(text, 'voluntary_ctxt_switches') !== null;
  return isCounted ? timelyLines.map((name) => line(text, name)).join('|') : null;
}

/** Real, effective, saved; the fourth, of the file system, is Linux's own. */
function idTriple(ids: string): IdTriple {
  const [real = Number.NaN, effective = Number.NaN, saved = Number.NaN] = ids.split('\t').map(Number);
  return { real, effective, saved };
}

function union(one: string, other: string): string {
  if (one === other) return one;
  return (BigInt(`0x${one}`) | BigInt(`0x${other}`)).toString(16).padStart(16, '0');
}

/** The moment alone: null if it cannot be read either. */
export function readMoment(path: string): string | null {
  const text = reading(path, textOf);
  return isUnreadable(text) ? null : momentIn(text);
}

/** Reads a status file; when that fails every fact carries the same reason. */
export function readProcPidStatus(path: string): ProcPidStatus {
  const text = reading(path, textOf);
  if (!isUnreadable(text)) return parseProcPidStatus(text, path);
  return {
    state: text,
    fileModeCreationMask: text,
    userIds: text,
    groupIds: text,
    supplementaryGroups: text,
    signals: text,
    capabilities: text,
    moment: null,
  };
}
