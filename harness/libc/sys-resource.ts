/** <sys/resource.h>: limits, in the units of getrlimit(2). */

import { type CallResult, libc, returned } from './library.ts';
import { platform } from './platform.ts';

const c = {
  getrlimit: libc.func('int getrlimit(int resource, _Out_ void *limit)'),
  setrlimit: libc.func('int setrlimit(int resource, const void *limit)'),
  getrusage: libc.func('int getrusage(int who, _Out_ void *usage)'),
  setpriority: libc.func('int setpriority(int which, unsigned int who, int value)'),
};

export interface Limit {
  readonly soft: bigint;
  readonly hard: bigint;
}

/** POSIX.1-2024 XSH getrlimit(): EINVAL. RLIM_INFINITY is the largest rlim_t. */
export function getrlimit(resource: number): CallResult & Limit {
  const limit = Buffer.alloc(16);
  const result = returned(c.getrlimit(resource, limit));
  return { ...result, soft: limit.readBigUInt64LE(0), hard: limit.readBigUInt64LE(8) };
}

/** POSIX.1-2024 XSH setrlimit(): EINVAL, EPERM. */
export function setrlimit(resource: number, { soft, hard }: Limit): CallResult {
  const limit = Buffer.alloc(16);
  limit.writeBigUInt64LE(soft, 0);
  limit.writeBigUInt64LE(hard, 8);
  return returned(c.setrlimit(resource, limit));
}

/** Why there is no room for descriptors with numbers up to `needed`; null if there is. */
export function whyTooFewDescriptors(needed: number | bigint): string | null {
  const { soft } = getrlimit(platform.RLIMIT_NOFILE);
  if (soft >= needed) return null;
  return `${soft} open descriptors are allowed where it takes ${needed}, raise the limit (ulimit -n)`;
}

/** User and system time of all children that were waited for, and of those they waited for, getrusage(2). Milliseconds. */
export function processorTimeOfChildren(): number {
  const usage = Buffer.alloc(144);
  c.getrusage(-1 /* RUSAGE_CHILDREN */, usage);
  const timeval = (at: number): number =>
    Number(usage.readBigInt64LE(at)) * 1000 + usage.readInt32LE(at + 8) / 1000;
  return timeval(0) + timeval(16);
}

/** POSIX.1-2024 XSH setpriority() on the caller: EACCES for a lower nice value without the privilege. */
export const setNiceValue = (value: number): CallResult =>
  returned(c.setpriority(0 /* PRIO_PROCESS */, 0, value));
