/** System calls that change nothing for anybody but the process that makes them: who sleeps or waits goes on sleeping. */

import { byNumber, syscallTable } from '../observe/linux/syscall-table.ts';

/** Name, number on x86-64 and in the generic table: asm/unistd_64.h, asm-generic/unistd.h. */
const calls: readonly (readonly [string, number | null, number | null])[] = [
  ['stat', 4, null],
  ['fstat', 5, 80],
  ['lstat', 6, null],
  ['lseek', 8, 62],
  ['mmap', 9, 222],
  ['mprotect', 10, 226],
  ['munmap', 11, 215],
  ['brk', 12, 214],
  ['rt_sigaction', 13, 134],
  ['rt_sigprocmask', 14, 135],
  ['pread64', 17, 67],
  ['access', 21, null],
  ['getpid', 39, 172],
  ['uname', 63, 160],
  ['getdents64', 217, 61],
  ['getcwd', 79, 17],
  ['readlink', 89, null],
  ['gettimeofday', 96, 169],
  ['times', 100, 153],
  ['getuid', 102, 174],
  ['getgid', 104, 176],
  ['geteuid', 107, 175],
  ['getegid', 108, 177],
  ['getppid', 110, 173],
  ['gettid', 186, 178],
  ['clock_gettime', 228, 113],
  ['newfstatat', 262, 79],
  ['readlinkat', 267, 78],
  ['faccessat', 269, 48],
  ['prlimit64', 302, 261],
  ['getrandom', 318, 278],
  ['statx', 332, 291],
];

const table = syscallTable(process.arch);

/** By the numbers of the architecture that this program runs on; none where they are not known here. */
export const unnoticedCalls: ReadonlyMap<number, unknown> =
  table === null ? new Map() : byNumber(calls)[table];
