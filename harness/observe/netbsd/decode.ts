/** Facts from the bytes NetBSD returned: nothing is asked of the system here. */

import {
  absent,
  type Fact,
  isUnreadable,
  type ProcessState,
  type ResourceLimit,
  type Surroundings,
  unreadable,
} from '../../facts/process.ts';
import { netbsdSignals } from '../../libc/constants/netbsd.ts';
import {
  bytesOf,
  derive,
  type Environment,
  environmentOf,
  limitOf,
  terminalOf,
  valueOr,
  waitingOf,
} from '../bsd/derive.ts';
import { netbsdDevice } from '../bsd/device-number.ts';
import type { Devices, ProcfsDescriptor } from '../bsd/kernel.ts';
import { type Fields, recordsOf, textOf, textsOf } from '../bsd/layout.ts';
import { attached, proc2Readers, recordOfProcess, startOf } from '../bsd/proc2.ts';
import type { Readers } from '../bsd/readers.ts';
import { ignoredInSet, namesInSet } from '../bsd/signal-set.ts';
import type { Reply } from '../bsd/sysctl-reading.ts';
import { descriptorsOf, type KinfoFile } from './kinfo-file.ts';
import {
  kinfoFile,
  kinfoLwp,
  kinfoProc2,
  L_SINTR,
  type LwpField,
  type ProcField,
  SDEAD,
  SDYING,
  SZOMB,
} from './layout.ts';

export type KinfoProc2 = Fields<ProcField>;

/** What the kernel returned for one process. */
export interface Answers {
  readonly release: string;
  readonly pid: number;
  readonly record: Buffer;
  readonly lwps: Reply;
  readonly files: Reply;
  readonly cwd: Reply;
  readonly pathname: Reply;
  readonly argv: Reply;
  readonly env: Reply;
  /** By the names of getrlimit(2). */
  readonly limits: Readonly<Record<string, { readonly soft: Reply; readonly hard: Reply }>>;
  readonly nullVnode: bigint | null;
  readonly procfs: ReadonlyMap<number, ProcfsDescriptor>;
  readonly procfsRoot: string | null;
}

export function isZombie(record: KinfoProc2): boolean {
  const state = record.number('p_realstat');
  return state === SZOMB || state === SDEAD;
}

export function isEnding(record: KinfoProc2): boolean {
  return record.number('p_realstat') === SDYING;
}

/** LSSLEEP and its like, <sys/lwp.h>: the same letters as ps(1), but one that has slept for long stays S. */
function stateOfThread(state: number, flags: number): ProcessState {
  switch (state) {
    case 3:
      return (flags & L_SINTR) !== 0 ? 'S' : 'D';
    case 4:
    case 8:
      return 'T';
    case 5:
      return 'Z';
    default:
      return 'R';
  }
}

export function stateOf(record: KinfoProc2): ProcessState {
  return isZombie(record) ? 'Z' : stateOfThread(record.number('p_stat'), record.number('p_flag'));
}

export interface Source {
  readonly answers: Answers;
  readonly surroundings: Surroundings;
  readonly devices: Devices;
  readonly record: KinfoProc2;
  /** Why nothing but the record can be read. */
  readonly zombie: string | null;
  readonly lwps: Fact<readonly Fields<LwpField>[]>;
  readonly files: Fact<readonly KinfoFile[]>;
  readonly environment: Fact<Environment>;
}

/** @throws UnknownLayout */
export function sourceOf(answers: Answers, surroundings: Surroundings, devices: Devices): Source {
  const { pid, release } = answers;
  const record = recordOfProcess(kinfoProc2, answers.record, pid, release);
  const zombie = isZombie(record) ? `process ${pid} is a zombie` : null;
  return {
    answers,
    surroundings,
    devices,
    record,
    zombie,
    lwps: derive(bytesOf(answers.lwps, zombie), (bytes) => recordsOf(kinfoLwp, bytes, release)),
    files: derive(bytesOf(answers.files, zombie), (bytes) => recordsOf(kinfoFile, bytes, release)),
    environment: derive(bytesOf(answers.env, zombie), (bytes) => environmentOf(textsOf(bytes), surroundings)),
  };
}

function directoryOf({ answers, zombie }: Source): Fact<string> {
  return derive(bytesOf(answers.cwd, zombie), textOf);
}

function limitsOf({ answers, zombie }: Source): Fact<Readonly<Record<string, ResourceLimit>>> {
  if (zombie !== null) return unreadable(zombie);
  const limits: Record<string, ResourceLimit> = {};
  for (const [name, { soft, hard }] of Object.entries(answers.limits)) {
    const [softBytes, hardBytes] = [bytesOf(soft, null), bytesOf(hard, null)];
    if (isUnreadable(softBytes)) return softBytes;
    if (isUnreadable(hardBytes)) return hardBytes;
    if (softBytes.length !== 8 || hardBytes.length !== 8) {
      return unreadable(`${softBytes.length} bytes for the limit ${name}, 8 were expected`);
    }
    limits[name] = limitOf(softBytes.readBigInt64LE(0), hardBytes.readBigInt64LE(0));
  }
  return limits;
}

export const readers: Readers<Source> = {
  pid: ({ answers }) => answers.pid,
  ...proc2Readers,
  terminal: ({ record, devices }) =>
    terminalOf(attached(record), record.bigint('p_tdev'), devices, netbsdDevice),
  fileModeCreationMask: () =>
    unreadable('NetBSD does not reveal the file mode creation mask of another process'),
  workingDirectory: directoryOf,
  // The kernel finds the path by walking up from the directory; one that was removed gives ENOENT.
  workingDirectoryRemoved: (source) => derive(directoryOf(source), () => false),
  rootDirectory: ({ answers, zombie }) => {
    if (zombie !== null) return unreadable(zombie);
    return (
      answers.procfsRoot ??
      unreadable('NetBSD reveals the root directory of a process only in procfs: mount it on /proc')
    );
  },
  executable: ({ answers, zombie }) => derive(bytesOf(answers.pathname, zombie), textOf),
  commandLine: ({ answers, zombie }) => derive(bytesOf(answers.argv, zombie), textsOf),
  state: ({ record }) => stateOf(record),
  startTime: ({ record }) =>
    startOf(record) ?? unreadable('NetBSD does not reveal the start time of a zombie'),
  threads: ({ record }) => record.number('p_nlwps'),
  threadFacts: (source) =>
    derive(source.lwps, (all) =>
      all.length > 1
        ? unreadable('NetBSD does not reveal the signal mask of each thread')
        : all.map((lwp) => ({
            tid: lwp.number('l_lid'),
            blocked: namesInSet(source.record.bytes('p_sigmask'), netbsdSignals),
            fileModeCreationMask: null,
            workingDirectory: valueOr<string | null>(directoryOf(source), null),
          })),
    ),
  descriptors: ({ files, devices, surroundings, answers: { nullVnode, procfs } }) =>
    derive(files, (all) => descriptorsOf(all, { devices, surroundings, nullVnode, procfs })),
  // The set of ignored signals of a zombie is all ones.
  signals: ({ record, zombie }) =>
    zombie !== null
      ? unreadable(zombie)
      : {
          blocked: namesInSet(record.bytes('p_sigmask'), netbsdSignals),
          ...ignoredInSet(record.bytes('p_sigignore'), netbsdSignals),
          caught: namesInSet(record.bytes('p_sigcatch'), netbsdSignals),
          pending: namesInSet(record.bytes('p_siglist'), netbsdSignals),
        },
  oomScoreAdjustment: () => absent('NetBSD has no OOM score adjustment'),
  limits: limitsOf,
  capabilities: () => absent('NetBSD has no capabilities(7)'),
  environmentMarker: ({ environment }) => derive(environment, ({ marker }) => marker),
  sessionVariables: ({ environment }) => derive(environment, ({ sessionVariables }) => sessionVariables),
  waiting: ({ record, lwps }) =>
    waitingOf(
      isUnreadable(lwps)
        ? [stateOf(record)]
        : lwps.map((lwp) => stateOfThread(lwp.number('l_stat'), lwp.number('l_flag'))),
    ),
};
