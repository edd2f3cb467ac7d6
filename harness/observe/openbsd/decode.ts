/** Facts from the bytes OpenBSD returned: nothing is asked of the system here. */

import {
  absent,
  type Fact,
  isUnreadable,
  type ProcessState,
  type Surroundings,
  unreadable,
} from '../../facts/process.ts';
import { openbsdSignals } from '../../libc/constants/openbsd.ts';
import {
  bytesOf,
  derive,
  type Environment,
  environmentOf,
  terminalOf,
  valueOr,
  waitingOf,
} from '../bsd/derive.ts';
import { openbsdDevice } from '../bsd/device-number.ts';
import type { Devices, Identity } from '../bsd/kernel.ts';
import { type Fields, recordsOf, textOf, textsOf } from '../bsd/layout.ts';
import { attached, proc2Readers, recordOfProcess, startOf } from '../bsd/proc2.ts';
import type { Readers } from '../bsd/readers.ts';
import { ignoredInSet, namesInSet, union } from '../bsd/signal-set.ts';
import type { Reply } from '../bsd/sysctl-reading.ts';
import { descriptorsOf, type KinfoFile } from './kinfo-file.ts';
import {
  KERN_FILE_CDIR,
  KERN_FILE_RDIR,
  kinfoFile,
  kinfoProc,
  P_SINTR,
  type ProcField,
  PS_EXITING,
  PS_ZOMBIE,
} from './layout.ts';

export type KinfoProc = Fields<ProcField>;

/** What the kernel returned for one process. */
export interface Answers {
  readonly release: string;
  readonly pid: number;
  readonly record: Buffer;
  /** The record of the process, then one of each thread. */
  readonly threads: Reply;
  readonly files: Reply;
  readonly cwd: Reply;
  readonly argv: Reply;
  readonly env: Reply;
  /** kern.boottime */
  readonly boottime: Reply;
  /** The observer's own root directory. */
  readonly ownRoot: Identity | null;
}

export function isZombie(record: KinfoProc): boolean {
  return (record.number('p_psflags') & PS_ZOMBIE) !== 0;
}

export function isEnding(record: KinfoProc): boolean {
  return (record.number('p_psflags') & PS_EXITING) !== 0 && !isZombie(record);
}

/** As ps(1) writes them; one that has slept for long stays S. */
export function stateOf(record: KinfoProc): ProcessState {
  if (isZombie(record)) return 'Z';
  switch (record.number('p_stat')) {
    case 3:
      return (record.number('p_flag') & P_SINTR) !== 0 ? 'S' : 'D';
    case 4:
      return 'T';
    case 5:
    case 6:
      return 'Z';
    default:
      return 'R';
  }
}

/**
 * Since boot, in microseconds. The record holds the time of day: the kernel adds the time of boot, which a step of
 * the clock moves.
 */
export function startTimeOf(record: KinfoProc, boottime: Reply): Fact<number> {
  const start = startOf(record);
  if (start === null) return unreadable('OpenBSD does not reveal the start time of a zombie');
  return derive(
    bytesOf(boottime, null),
    (boot) => start - (Number(boot.readBigInt64LE(0)) * 1_000_000 + Number(boot.readBigInt64LE(8))),
  );
}

/** First comes a vector of addresses in the reader's own buffer, with a null at its end; after it the strings. */
export function wordsOf(bytes: Buffer): Fact<readonly string[]> {
  for (let end = 0; end + 8 <= bytes.length; end += 8) {
    if (bytes.readBigUInt64LE(end) !== 0n) continue;
    const words = textsOf(bytes.subarray(end + 8));
    return words.length === end / 8 ? words : unreadable(`${end / 8} addresses for ${words.length} strings`);
  }
  return unreadable('no end of the vector of strings');
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
  const record = recordOfProcess(kinfoProc, answers.record, pid, release);
  const zombie = isZombie(record) ? `process ${pid} is a zombie` : null;
  return {
    answers,
    surroundings,
    devices,
    record,
    zombie,
    threads: derive(bytesOf(answers.threads, zombie), (bytes) =>
      recordsOf(kinfoProc, bytes, release).filter((one) => one.number('p_tid') !== -1),
    ),
    files: derive(bytesOf(answers.files, zombie), (bytes) => recordsOf(kinfoFile, bytes, release)),
    environment: derive(bytesOf(answers.env, zombie), (bytes) =>
      derive(wordsOf(bytes), (words) => environmentOf(words, surroundings)),
    ),
  };
}

function directoryOf({ answers, zombie }: Source): Fact<string> {
  return derive(bytesOf(answers.cwd, zombie), textOf);
}

function rootOf(files: readonly KinfoFile[], { answers }: Source): Fact<string> {
  const root = files.find((file) => file.number('fd_fd') === KERN_FILE_RDIR);
  // The kernel keeps a root directory only for a process that has called chroot(2).
  if (root === undefined) return '/';
  const device = BigInt(root.number('va_fsid'));
  const inode = root.bigint('va_fileid');
  if (answers.ownRoot?.device === device && answers.ownRoot.inode === inode) return '/';
  return unreadable(
    `chroot to inode ${inode} on ${root.text('f_mntonname')}; OpenBSD does not reveal its path`,
  );
}

export const readers: Readers<Source> = {
  pid: ({ answers }) => answers.pid,
  ...proc2Readers,
  terminal: ({ record, devices }) =>
    terminalOf(attached(record), record.bigint('p_tdev'), devices, openbsdDevice),
  fileModeCreationMask: () =>
    unreadable('OpenBSD does not reveal the file mode creation mask of another process'),
  workingDirectory: directoryOf,
  workingDirectoryRemoved: ({ files }) =>
    derive(files, (all) => {
      const directory = all.find((file) => file.number('fd_fd') === KERN_FILE_CDIR);
      return directory === undefined || directory.number('va_mode') === 0
        ? unreadable('kern.file does not show the working directory')
        : directory.number('va_nlink') === 0;
    }),
  rootDirectory: (source) => derive(source.files, (all) => rootOf(all, source)),
  executable: () => unreadable('OpenBSD does not reveal the path of an executable'),
  commandLine: ({ answers, zombie }) => derive(bytesOf(answers.argv, zombie), wordsOf),
  state: ({ record }) => stateOf(record),
  startTime: ({ record, answers }) => startTimeOf(record, answers.boottime),
  threads: ({ threads }) => derive(threads, (all) => all.length),
  threadFacts: (source) =>
    derive(source.threads, (all) =>
      all.map((thread) => ({
        tid: thread.number('p_tid'),
        blocked: namesInSet(thread.bytes('p_sigmask'), openbsdSignals),
        fileModeCreationMask: null,
        // It belongs to the process.
        workingDirectory: valueOr<string | null>(directoryOf(source), null),
      })),
    ),
  descriptors: ({ files, devices, surroundings }) =>
    derive(files, (all) => descriptorsOf(all, devices, surroundings)),
  signals: ({ record, threads }) => {
    // In the record of a thread stands what is pending for it alone; the main thread comes first.
    const main = isUnreadable(threads) ? undefined : threads[0];
    const pending = record.bytes('p_siglist');
    return {
      blocked: namesInSet(record.bytes('p_sigmask'), openbsdSignals),
      ...ignoredInSet(record.bytes('p_sigignore'), openbsdSignals),
      caught: namesInSet(record.bytes('p_sigcatch'), openbsdSignals),
      pending: namesInSet(
        main === undefined ? pending : union(pending, main.bytes('p_siglist')),
        openbsdSignals,
      ),
    };
  },
  oomScoreAdjustment: () => absent('OpenBSD has no OOM score adjustment'),
  limits: () => unreadable('OpenBSD does not reveal the resource limits of another process'),
  capabilities: () => absent('OpenBSD has no capabilities(7)'),
  environmentMarker: ({ environment }) => derive(environment, ({ marker }) => marker),
  sessionVariables: ({ environment }) => derive(environment, ({ sessionVariables }) => sessionVariables),
  waiting: ({ record, threads }) =>
    waitingOf(isUnreadable(threads) ? [stateOf(record)] : threads.map(stateOf)),
};
