/**
 * Facts from the bytes FreeBSD returned: nothing is asked of the system here.
 *
 * Longer than 250 lines: a row for each fact.
 */

import {
  absent,
  type Fact,
  isUnreadable,
  type ProcessState,
  type ResourceLimit,
  type Surroundings,
  unreadable,
} from '../../facts/process.ts';
import { freebsdSignals } from '../../libc/constants/freebsd.ts';
import {
  bytesOf,
  derive,
  type Environment,
  environmentOf,
  limitOf,
  parentOf,
  terminalOf,
  valueOr,
  waitingOf,
} from '../bsd/derive.ts';
import { freebsdDevice } from '../bsd/device-number.ts';
import type { Devices } from '../bsd/kernel.ts';
import { type Fields, recordOf, recordsOf, textOf, textsOf, UnknownLayout } from '../bsd/layout.ts';
import type { Readers } from '../bsd/readers.ts';
import { ignoredInSet, namesInSet, union } from '../bsd/signal-set.ts';
import type { Reply } from '../bsd/sysctl-reading.ts';
import { descriptorsOf, type KinfoFile, parseKinfoFiles } from './kinfo-file.ts';
import {
  KF_FD_TYPE_ROOT,
  KI_CTTY,
  kinfoFile,
  kinfoProc,
  NO_PID,
  type ProcField,
  TDF_SINTR,
} from './layout.ts';

export type KinfoProc = Fields<ProcField>;

/** What the kernel returned for one process, by the names under kern.proc. */
export interface Answers {
  readonly release: string;
  readonly pid: number;
  readonly record: Buffer;
  readonly threads: Reply;
  readonly filedesc: Reply;
  readonly cwd: Reply;
  readonly umask: Reply;
  readonly args: Reply;
  readonly pathname: Reply;
  readonly groups: Reply;
  readonly env: Reply;
  /** By the names of getrlimit(2). */
  readonly rlimit: Readonly<Record<string, Reply>>;
  /** kern.boottime */
  readonly boottime: Reply;
}

/** @throws UnknownLayout */
export function recordOfProcess(bytes: Buffer, pid: number, release: string): KinfoProc {
  const record = recordOf(kinfoProc, bytes, release);
  if (record.number('ki_structsize') !== kinfoProc.size || record.number('ki_pid') !== pid) {
    const says = `${record.number('ki_structsize')} bytes for process ${record.number('ki_pid')}`;
    throw new UnknownLayout(release, `struct kinfo_proc of process ${pid} says it has ${says}`);
  }
  return record;
}

const SZOMB = 5;

/** As ps(1) writes them; one that has slept for long stays S, and an interrupt thread that waits is I. */
export function stateOf(record: KinfoProc): ProcessState {
  switch (record.number('ki_stat')) {
    case 3:
      return (record.number('ki_tdflags') & TDF_SINTR) !== 0 ? 'S' : 'D';
    case 4:
      return 'T';
    case SZOMB:
      return 'Z';
    case 6:
      return 'I';
    case 7:
      return 'D';
    default:
      return 'R';
  }
}

/** Microseconds of a struct timeval. */
export function microsecondsOf(timeval: Buffer): number {
  return Number(timeval.readBigInt64LE(0)) * 1_000_000 + Number(timeval.readBigInt64LE(8));
}

/**
 * Since boot. The record holds the time of day: the kernel adds the time of boot, which a step of the clock moves.
 */
export function startTimeOf(record: KinfoProc, boottime: Reply): Fact<number> {
  return derive(bytesOf(boottime, null), (boot) => {
    return microsecondsOf(record.bytes('ki_start')) - microsecondsOf(boot);
  });
}

export interface Source {
  readonly answers: Answers;
  readonly surroundings: Surroundings;
  readonly devices: Devices;
  readonly record: KinfoProc;
  /** Why nothing but the record can be read. */
  readonly zombie: string | null;
  readonly threads: Fact<readonly KinfoProc[]>;
  readonly files: Fact<readonly KinfoFile[]>;
  readonly environment: Fact<Environment>;
}

/** @throws UnknownLayout */
export function sourceOf(answers: Answers, surroundings: Surroundings, devices: Devices): Source {
  const { pid, release } = answers;
  const record = recordOfProcess(answers.record, pid, release);
  const zombie = stateOf(record) === 'Z' ? `process ${pid} is a zombie` : null;
  return {
    answers,
    surroundings,
    devices,
    record,
    zombie,
    threads: derive(bytesOf(answers.threads, null), (bytes) => recordsOf(kinfoProc, bytes, release)),
    files: derive(bytesOf(answers.filedesc, zombie), (bytes) => parseKinfoFiles(bytes, release)),
    environment: derive(bytesOf(answers.env, zombie), (bytes) => environmentOf(textsOf(bytes), surroundings)),
  };
}

function maskOf({ answers, zombie }: Source): Fact<string> {
  return derive(bytesOf(answers.umask, zombie), (bytes) =>
    bytes.length === 2
      ? bytes.readUInt16LE(0).toString(8).padStart(4, '0')
      : unreadable(`${bytes.length} bytes from kern.proc.umask.${answers.pid}, 2 were expected`),
  );
}

/** The kernel finds the path from the names it has cached, and returns none where it cannot. */
function pathOrWhy(path: string, name: string): Fact<string> {
  return path === '' ? unreadable(`no path in ${name}: the name is gone, or not in the name cache`) : path;
}

function directoryOf({ answers, zombie }: Source): Fact<string> {
  const name = `kern.proc.cwd.${answers.pid}`;
  return derive(bytesOf(answers.cwd, zombie), (bytes) =>
    pathOrWhy(recordOf(kinfoFile, bytes, answers.release).text('kf_path'), name),
  );
}

/** The effective group comes first. The record has room for sixteen. */
const groupsInRecord = 16;

function groupsOf({ record, answers }: Source): Fact<readonly number[]> {
  const count = record.number('ki_ngroups');
  const all = (bytes: Buffer, length: number) =>
    Array.from({ length }, (_, index) => bytes.readUInt32LE(index * 4));
  if (count < groupsInRecord) return all(record.bytes('ki_groups'), count).slice(1);
  return derive(bytesOf(answers.groups, null), (bytes) => all(bytes, bytes.length >> 2).slice(1));
}

function limitsOf({ answers, zombie }: Source): Fact<Readonly<Record<string, ResourceLimit>>> {
  if (zombie !== null) return unreadable(zombie);
  const limits: Record<string, ResourceLimit> = {};
  for (const [name, reply] of Object.entries(answers.rlimit)) {
    // An older release has fewer of them.
    if (reply.kind === 'failed' && reply.errno === 'EINVAL') continue;
    const bytes = bytesOf(reply, null);
    if (isUnreadable(bytes)) return bytes;
    if (bytes.length !== 16)
      return unreadable(`${bytes.length} bytes for the limit ${name}, 16 were expected`);
    limits[name] = limitOf(bytes.readBigInt64LE(0), bytes.readBigInt64LE(8));
  }
  return limits;
}

function attached(record: KinfoProc): boolean {
  return (record.number('ki_kiflag') & KI_CTTY) !== 0;
}

export const readers: Readers<Source> = {
  pid: ({ answers }) => answers.pid,
  parent: ({ record, surroundings }) => parentOf(record.number('ki_ppid'), surroundings.subreaper),
  processGroup: ({ record }) => record.number('ki_pgid'),
  session: ({ record }) => record.number('ki_sid'),
  terminal: ({ record, devices }) =>
    terminalOf(attached(record), record.bigint('ki_tdev'), devices, freebsdDevice),
  foregroundProcessGroup: ({ record }) => {
    const group = record.number('ki_tpgid');
    return attached(record) && group !== NO_PID ? group : -1;
  },
  fileModeCreationMask: maskOf,
  workingDirectory: directoryOf,
  // The path is made of names that were still there; a directory without one gives none.
  workingDirectoryRemoved: (source) => derive(directoryOf(source), () => false),
  rootDirectory: ({ files, answers }) =>
    derive(files, (all) => {
      const root = all.find((file) => file.number('kf_fd') === KF_FD_TYPE_ROOT);
      const name = `kern.proc.filedesc.${answers.pid}`;
      return root === undefined
        ? unreadable(`no root directory in ${name}`)
        : pathOrWhy(root.text('kf_path'), name);
    }),
  executable: ({ answers, zombie }) =>
    derive(bytesOf(answers.pathname, zombie), (bytes) =>
      pathOrWhy(textOf(bytes), `kern.proc.pathname.${answers.pid}`),
    ),
  commandName: ({ record }) => record.text('ki_comm'),
  commandLine: ({ answers, zombie }) => derive(bytesOf(answers.args, zombie), textsOf),
  state: ({ record }) => stateOf(record),
  startTime: ({ record, answers }) => startTimeOf(record, answers.boottime),
  threads: ({ record }) => record.number('ki_numthreads'),
  threadFacts: (source) =>
    derive(source.threads, (all) =>
      all.map((thread) => ({
        tid: thread.number('ki_tid'),
        blocked: namesInSet(thread.bytes('ki_sigmask'), freebsdSignals),
        // Mask and directory belong to the process.
        fileModeCreationMask: valueOr<string | null>(maskOf(source), null),
        workingDirectory: valueOr<string | null>(directoryOf(source), null),
      })),
    ),
  descriptors: ({ files, devices, surroundings }) =>
    derive(files, (all) => descriptorsOf(all, devices, surroundings)),
  signals: ({ record, threads }) => {
    // In the record of a thread stands what is pending for it alone; the first is the main thread.
    const main = isUnreadable(threads) ? undefined : threads[0];
    const pending = record.bytes('ki_siglist');
    return {
      blocked: namesInSet(record.bytes('ki_sigmask'), freebsdSignals),
      ...ignoredInSet(record.bytes('ki_sigignore'), freebsdSignals),
      caught: namesInSet(record.bytes('ki_sigcatch'), freebsdSignals),
      pending: namesInSet(
        main === undefined ? pending : union(pending, main.bytes('ki_siglist')),
        freebsdSignals,
      ),
    };
  },
  userIds: ({ record }) => ({
    real: record.number('ki_ruid'),
    effective: record.number('ki_uid'),
    saved: record.number('ki_svuid'),
  }),
  groupIds: ({ record }) => ({
    real: record.number('ki_rgid'),
    effective: record.bytes('ki_groups').readUInt32LE(0),
    saved: record.number('ki_svgid'),
  }),
  supplementaryGroups: groupsOf,
  nice: ({ record }) => record.number('ki_nice'),
  oomScoreAdjustment: () => absent('FreeBSD has no OOM score adjustment'),
  limits: limitsOf,
  capabilities: () => absent('FreeBSD has no capabilities(7)'),
  environmentMarker: ({ environment }) => derive(environment, ({ marker }) => marker),
  sessionVariables: ({ environment }) => derive(environment, ({ sessionVariables }) => sessionVariables),
  waiting: ({ record, threads }) =>
    waitingOf(isUnreadable(threads) ? [stateOf(record)] : threads.map(stateOf)),
};
