/** <sys/resource.h>: limits, in the units of getrlimit(2). */

import { libc, type Returned, returned } from './library.ts';

const c = {
  getrlimit: libc.func('int getrlimit(int resource, _Out_ void *limit)'),
  setrlimit: libc.func('int setrlimit(int resource, const void *limit)'),
  setpriority: libc.func('int setpriority(int which, unsigned int who, int value)'),
};

export interface Limit {
  readonly soft: bigint;
  readonly hard: bigint;
}

/** POSIX.1-2024 XSH getrlimit(): EINVAL. RLIM_INFINITY is the largest rlim_t. */
export function getrlimit(resource: number): Returned & Limit {
  const limit = Buffer.alloc(16);
  const result = returned(c.getrlimit(resource, limit));
  return { ...result, soft: limit.readBigUInt64LE(0), hard: limit.readBigUInt64LE(8) };
}

/** POSIX.1-2024 XSH setrlimit(): EINVAL, EPERM. */
export function setrlimit(resource: number, { soft, hard }: Limit): Returned {
  const limit = Buffer.alloc(16);
  limit.writeBigUInt64LE(soft, 0);
  limit.writeBigUInt64LE(hard, 8);
  return returned(c.setrlimit(resource, limit));
}

/** POSIX.1-2024 XSH setpriority() on the caller: EACCES for a lower nice value without the privilege. */
export const setNiceValue = (value: number): Returned =>
  returned(c.setpriority(0 /* PRIO_PROCESS */, 0, value));
