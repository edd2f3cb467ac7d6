/**
 * fork(2) inside Node: the child goes on in JavaScript.
 *
 * V8 marks its heap MADV_DONTFORK on Linux, so a child would find holes where its objects were. The whole address
 * space is therefore marked MADV_DOFORK again right before the fork: madvise(2) applies advice to what is mapped of a
 * range, and says ENOMEM where something is not (mm/madvise.c: unmapped parts are just ignored). Nothing may be
 * allocated between the last advice and fork(), or V8 might map a page that the child lacks. Whatever is interpreted
 * may allocate where it loops or returns, and where it reads a property: V8 then keeps what it has learned of the code.
 * So the last advice and the fork are calls in one line after the other, with nothing but variables in them.
 *
 * The process has to run with V8's --single-threaded, since the child has only the calling thread. The child must not
 * return to the event loop, whose epoll descriptor it shares with its parent: it leaves by _exit(2) or execve(2).
 */

import { readFileSync, readlinkSync } from 'node:fs';
import { type CallResult, functionIfAny, libc, returned, SystemCallError } from './library.ts';

/** <asm-generic/mman-common.h> */
const MADV_DOFORK = 11;

/**
 * POSIX.1-2024 XSH _Fork(): a fork without the handlers of pthread_atfork(). libuv has one that closes its signal
 * pipe by number and opens a new one, which in a child that has put something else there is somebody else's.
 */
function findFork(): () => number {
  try {
    return libc.func('int _Fork(void)');
  } catch {
    // glibc before 2.34.
    return libc.func('int fork(void)');
  }
}

const forkCall = findFork();
const daemonCall = libc.func('int daemon(int nochdir, int noclose)');
/** The raw clone(2): stack, thread IDs and thread-local storage stay what they are, as with fork(2). */
const clone =
  process.platform === 'linux'
    ? functionIfAny(
        'long syscall(long number, unsigned long flags, long stack, long parent, long child, long storage)',
      )
    : null;
/** <asm/unistd.h> */
const SYS_clone = process.arch === 'arm64' ? 220 : 56;
/** What the parent is sent at the end: the low byte of the flags. */
const SIGCHLD = 17;
// Addresses travel as numbers: those of user space are below 2^52, which a double holds exactly.
const madvise: Madvise | null =
  process.platform === 'linux' ? libc.func('madvise', 'int', ['intptr_t', 'size_t', 'int']) : null;
/** Elsewhere nothing is kept from a child. */
const advise: Madvise = madvise ?? (() => 0);

/** No user space reaches higher: 47 bits on x64, 48 or 52 on arm64. */
const top = 2 ** 52;

/** As big integers, which are objects: a number read out of a field is allocated anew. */
interface Range {
  readonly start: bigint;
  readonly length: bigint;
}

type Madvise = (start: number | bigint, length: number | bigint, advice: number) => number;

let advisable: readonly Range[] = [];
/** The first of them once more, as variables; V8 maps its pages below what refuses advice. Empty ranges change nothing. */
let [start1, length1, start2, length2] = [0n, 0n, 0n, 0n];

/** The address space around mappings that refuse advice and are inherited anyway, as [vvar], and with it EINVAL. */
function findAdvisable(advise: Madvise): readonly Range[] {
  const ranges: Range[] = [];
  let start = 0;
  for (const line of readFileSync('/proc/self/maps', 'latin1').split('\n')) {
    const [low = top, high = top] = (line.split(' ')[0] ?? '')
      .split('-')
      .map((word) => Number.parseInt(word, 16));
    if (!(high <= top) || advise(low, high - low, MADV_DOFORK) === 0) continue;
    if (low > start) ranges.push({ start: BigInt(start), length: BigInt(low - start) });
    start = high;
  }
  return [...ranges, { start: BigInt(start), length: BigInt(top - start) }];
}

/** False if a range now holds something that refuses advice: what follows it in the range was left out. */
function advised(advise: Madvise): boolean {
  for (const { start, length } of advisable) {
    if (advise(start, length, MADV_DOFORK) === -1 && returned(-1).errno !== 'ENOMEM') return false;
  }
  return advisable.length > 0;
}

/** Node was started with V8's --single-threaded, without which a child would wait for threads it does not have. */
export function canFork(): boolean {
  return process.execArgv.includes('--single-threaded');
}

/** Marks every mapping for the child: what was mapped by the end of it is not left out. */
function makeInheritable(call: string): void {
  if (!canFork()) throw new Error(`${call} needs node --single-threaded`);
  if (madvise === null || advised(madvise)) return;
  advisable = findAdvisable(madvise);
  if (!advised(madvise)) throw new SystemCallError('madvise(MADV_DOFORK)', returned(-1).errno ?? 'E0');
  const [first, second] = advisable;
  [start1, length1] = [first?.start ?? 0n, first?.length ?? 0n];
  [start2, length2] = [second?.start ?? 0n, second?.length ?? 0n];
}

/**
 * POSIX.1-2024 XSH fork(): value 0 in the child, the child's pid in the parent; EAGAIN, ENOMEM. The child has left
 * the event loop.
 *
 * @throws Error when Node was started without --single-threaded.
 */
export function fork(): CallResult {
  makeInheritable('fork(2)');
  advise(start1, length1, MADV_DOFORK);
  advise(start2, length2, MADV_DOFORK);
  const pid = forkCall();
  const forked = returned(pid);
  if (forked.value === 0 && !hasLeftEventLoop) leaveEventLoop();
  return forked;
}

/**
 * fork(2) with the child in namespaces of its own, clone(2): it is process 1 of a process ID namespace. EPERM without
 * the privilege, EINVAL where the kernel has no such namespace, ENOSPC beyond their limit.
 *
 * @param namespaces CLONE_NEW flags, or'ed
 * @throws Error when Node was started without --single-threaded.
 */
export function forkInto(namespaces: number): CallResult {
  if (clone === null) return { value: -1, errno: 'ENOSYS' };
  const flags = namespaces + SIGCHLD;
  makeInheritable('clone(2)');
  advise(start1, length1, MADV_DOFORK);
  advise(start2, length2, MADV_DOFORK);
  const pid = clone(SYS_clone, flags, 0, 0, 0, 0);
  const forked = returned(Number(pid));
  if (forked.value === 0 && !hasLeftEventLoop) leaveEventLoop();
  return forked;
}

/**
 * daemon(3), BSD and glibc: 1 for true. Returns in the child only; the errno of fork(2), setsid(2), open(2).
 *
 * It forks by fork(3), so libuv's handler runs in the child: two descriptors more, the ends of its signal pipe.
 *
 * @throws Error when Node was started without --single-threaded.
 */
export function daemon(nochdir: 0 | 1, noclose: 0 | 1): CallResult {
  makeInheritable('daemon(3)');
  advise(start1, length1, MADV_DOFORK);
  advise(start2, length2, MADV_DOFORK);
  const value = daemonCall(nochdir, noclose);
  return returned(value);
}

/** Inherited by every child: once is enough. */
let hasLeftEventLoop = false;

/** Atomics.waitAsync() of ECMAScript 2024, which Node has had longer than TypeScript's library for 2023. */
const { waitAsync } = Atomics as unknown as {
  waitAsync(array: Int32Array, index: number, value: number): unknown;
};

/**
 * For a process that never returns to the event loop. V8 posts tasks to itself when it collects garbage, and libuv
 * announces the first one since the last round of the loop by writing to an eventfd; it aborts the process where that
 * has been closed. Here a task is posted while the eventfd is still open, and as no round follows, none is announced
 * after it. A parent that shares the eventfd is woken for nothing.
 */
export function leaveEventLoop(): void {
  hasLeftEventLoop = true;
  const cell = new Int32Array(new SharedArrayBuffer(4));
  waitAsync(cell, 0, 0);
  Atomics.notify(cell, 0);
}

/** Path of the running Node binary as the system knows it, for a process that executes itself again. */
export function ownExecutable(): string {
  try {
    return readlinkSync('/proc/self/exe');
  } catch {
    return process.execPath;
  }
}
