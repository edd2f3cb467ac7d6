/**
 * What the program's own process does between fork(2) and execve(2): it puts itself into the start state. No step
 * that fails stops the launch; the canary, launched the same way, shows what was not established.
 */

import type { StartState } from '../facts/start-state.ts';
import { F_DUPFD_CLOEXEC, F_SETFD, F_SETLK, F_WRLCK, FD_CLOEXEC, fcntl, lock, open } from '../libc/fcntl.ts';
import { platform, signalNumber } from '../libc/platform.ts';
import { resetDispositions, SIG_IGN, signal, signalSet, sigprocmask } from '../libc/signal.ts';
import { closeRange, lastDescriptor } from '../libc/sys-close-range.ts';
import { takeTerminal } from '../libc/sys-ioctl.ts';
import { getrlimit, setrlimit } from '../libc/sys-resource.ts';
import { umask } from '../libc/sys-stat.ts';
import { ITIMER_REAL, setTimerOnce } from '../libc/sys-times.ts';
import { chdir, close, dup2, getpid, nice, setpgid, setsid, tcsetpgrp, write } from '../libc/unistd.ts';
import { lockedBytes, plantedDescriptors } from './protocol.ts';

/** Where the status channel stands until execve(2) closes it. */
export const statusDescriptor = 3;
/** Descriptors are first moved above every number that is to be filled, so that none overwrites another. */
const workArea = 910;
/** The limit of open descriptors below which some of them could not be moved there. */
export const descriptorsNeeded = workArea + 10;
/** Node raises its soft limit to the hard one; this is what a login usually has, getrlimit(2). */
export const usualSoftLimit = 1024n;

export interface Placement {
  readonly standardStreams: readonly [number, number, number] | null;
  readonly planted: readonly { readonly fd: number; readonly source: number }[];
  readonly status: number;
  /** Slave of the launch terminal, to become its foreground group or its leader; -1 without one. */
  readonly terminal: number;
}

function placeDescriptors({ standardStreams, planted, status }: Placement): void {
  const wanted = [
    ...(standardStreams ?? []).map((source, fd) => ({ fd, source })),
    { fd: statusDescriptor, source: status },
    ...planted,
  ];
  const moved = wanted.map(({ fd, source }) => ({
    fd,
    source: fcntl(source, F_DUPFD_CLOEXEC, workArea).value,
  }));
  for (const { fd, source } of moved) if (source >= 0) dup2(source, fd);
  fcntl(statusDescriptor, F_SETFD, FD_CLOEXEC);
  let next = standardStreams === null ? 0 : 3;
  for (const fd of [statusDescriptor, ...planted.map((one) => one.fd)].sort((a, b) => a - b)) {
    closeRange(next, fd - 1);
    next = fd + 1;
  }
  closeRange(next, lastDescriptor);
}

function writeSmallFile(path: string, text: string): void {
  const file = open(path, 1 /* O_WRONLY */ | platform.O_CLOEXEC);
  if (file.errno !== null) return;
  write(file.value, Buffer.from(text));
  close(file.value);
}

/** The soft limit, with the hard one raised to it where that is permitted. */
export function limitDescriptors(soft: bigint): void {
  const { hard } = getrlimit(platform.RLIMIT_NOFILE);
  if (soft > hard && setrlimit(platform.RLIMIT_NOFILE, { soft, hard: soft }).errno === null) return;
  setrlimit(platform.RLIMIT_NOFILE, { soft: soft < hard ? soft : hard, hard });
}

/** Puts the calling process into the start state. All signals have to be blocked when it is called. */
export function enterStartState(start: StartState, directory: string, placement: Placement): void {
  if (start.sessionLeader) {
    setsid();
    if (placement.terminal >= 0) takeTerminal(placement.terminal);
  } else {
    // As an interactive shell does: own process group, and that group in the foreground. SIGTTOU is blocked.
    setpgid(0, 0);
    if (placement.terminal >= 0 && start.terminal === 'foreground') tcsetpgrp(placement.terminal, getpid());
  }
  if (start.oomScoreAdjustment !== null) {
    writeSmallFile('/proc/self/oom_score_adj', String(start.oomScoreAdjustment));
  }
  if (start.nice !== null) nice(start.nice);
  chdir(directory);
  umask(start.fileModeCreationMask);
  placeDescriptors(placement);
  // A lock of the process itself, that exec() keeps and fork() does not hand on; those of the file came with it.
  if (start.plantDescriptors) lock(plantedDescriptors[0].fd, F_SETLK, F_WRLCK, lockedBytes.fcntl);
  limitDescriptors(start.softDescriptorLimit === null ? usualSoftLimit : BigInt(start.softDescriptorLimit));
  resetDispositions();
  for (const name of start.ignored) signal(signalNumber(name) ?? 0, SIG_IGN);
  const blocked = start.blocked.map((name) => signalNumber(name) ?? 0).filter((number) => number > 0);
  sigprocmask(platform.SIG_SETMASK, signalSet(blocked));
  if (start.alarmMs !== null) setTimerOnce(ITIMER_REAL, start.alarmMs);
}
