/**
 * fork(2) inside Node: the child goes on in JavaScript.
 *
 * V8 marks its heap MADV_DONTFORK on Linux, so a child would find holes where its objects were. Every mapping is
 * therefore marked MADV_DOFORK again right before the fork. Between the last look at the mappings and fork() nothing
 * may be allocated, or V8 might map a new page that the child lacks: the bytes of /proc/self/maps are compared in
 * place, and only when two looks are equal is fork() called.
 *
 * The process has to run with V8's --single-threaded, since the child has only the calling thread. The child must not
 * return to the event loop, whose epoll descriptor it shares with its parent: it leaves by _exit(2) or execve(2).
 */

import { readlinkSync } from 'node:fs';
import { koffi, libc, type Returned, returned, SystemCallError } from './library.ts';

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

const c = {
  fork: findFork(),
  daemon: libc.func('int daemon(int nochdir, int noclose)'),
  open: libc.func('int open(const char *path, int flags, ...)'),
  // Addresses travel as numbers: user space ends below 2^47, which a double holds exactly.
  readAt: libc.func('read', 'intptr_t', ['int', 'intptr_t', 'size_t']),
  closeFd: libc.func('int close(int fd)'),
};
const madvise =
  process.platform === 'linux' ? libc.func('madvise', 'int', ['intptr_t', 'size_t', 'int']) : null;

const capacity = 1 << 20;
const looks = [Buffer.alloc(capacity), Buffer.alloc(capacity)] as const;
const addresses = [Number(koffi.address(looks[0])), Number(koffi.address(looks[1]))] as const;
const O_RDONLY_CLOEXEC = 0o2000000;

/** Bytes of /proc/self/maps now in `looks[which]`. Allocates nothing on the JavaScript heap that could map a page. */
function look(which: 0 | 1): number {
  const fd: number = c.open('/proc/self/maps', O_RDONLY_CLOEXEC);
  if (fd < 0) throw new SystemCallError('open(/proc/self/maps)', returned(-1).errno ?? 'E0');
  const start = addresses[which];
  let length = 0;
  for (;;) {
    const count: number = c.readAt(fd, start + length, capacity - length);
    if (count <= 0) break;
    length += count;
  }
  c.closeFd(fd);
  return length;
}

function adviseAll(bytes: Buffer, length: number): void {
  if (madvise === null) return;
  let at = 0;
  while (at < length) {
    let start = 0;
    let byte = bytes[at] as number;
    while (byte !== 0x2d) {
      start = start * 16 + (byte < 0x3a ? byte - 0x30 : byte - 0x57);
      byte = bytes[++at] as number;
    }
    let end = 0;
    byte = bytes[++at] as number;
    while (byte !== 0x20) {
      end = end * 16 + (byte < 0x3a ? byte - 0x30 : byte - 0x57);
      byte = bytes[++at] as number;
    }
    while (at < length && bytes[at] !== 0x0a) at++;
    at++;
    // [vsyscall] lies above the user address space and [vvar] refuses advice: both are inherited anyway.
    if (end < 2 ** 47) madvise(start, end - start, MADV_DOFORK);
  }
}

function same(length: number): boolean {
  const a = looks[0];
  const b = looks[1];
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Node was started with V8's --single-threaded, without which a child would wait for threads it does not have. */
export function canFork(): boolean {
  return process.execArgv.includes('--single-threaded');
}

/** Marks every mapping for the child. After it nothing may be allocated until the fork. */
function makeInheritable(call: string): void {
  if (!canFork()) throw new Error(`${call} needs node --single-threaded`);
  if (madvise === null) return;
  let current: 0 | 1 = 0;
  let length = look(current);
  for (;;) {
    adviseAll(looks[current], length);
    const other: 0 | 1 = current === 0 ? 1 : 0;
    const again = look(other);
    if (again === length && same(length)) break;
    current = other;
    length = again;
  }
}

/**
 * POSIX.1-2024 XSH fork(): value 0 in the child, the child's pid in the parent; EAGAIN, ENOMEM. The child has left
 * the event loop.
 *
 * @throws Error when Node was started without --single-threaded.
 */
export function fork(): Returned {
  makeInheritable('fork(2)');
  const forked = returned(c.fork());
  if (forked.value === 0) leaveEventLoop();
  return forked;
}

/**
 * daemon(3), BSD and glibc: 1 for true. Returns in the child only; the errno of fork(2), setsid(2), open(2).
 *
 * It forks by fork(3), so libuv's handler runs in the child: two descriptors more, the ends of its signal pipe.
 *
 * @throws Error when Node was started without --single-threaded.
 */
export function daemon(nochdir: 0 | 1, noclose: 0 | 1): Returned {
  makeInheritable('daemon(3)');
  return returned(c.daemon(nochdir, noclose));
}

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
