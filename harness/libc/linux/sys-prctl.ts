/** <sys/prctl.h>, Linux. */

import { type CallResult, functionIfAny, returned } from '../library.ts';

const c = {
  prctl: functionIfAny('int prctl(int option, ...)'),
};

/** <linux/prctl.h> */
export const PR_SET_PDEATHSIG = 1;
export const PR_GET_PDEATHSIG = 2;
export const PR_SET_DUMPABLE = 4;
export const PR_SET_KEEPCAPS = 8;
export const PR_SET_NAME = 15;
export const PR_SET_CHILD_SUBREAPER = 36;
export const PR_GET_CHILD_SUBREAPER = 37;

function call(option: number, ...values: readonly unknown[]): CallResult {
  return c.prctl === null ? { value: -1, errno: 'ENOSYS' } : returned(c.prctl(option, ...values));
}

/** prctl(2) with one numeric argument. ENOSYS where there is none. */
export const prctl = (option: number, argument: number): CallResult =>
  call(option, 'unsigned long', argument, 'unsigned long', 0, 'unsigned long', 0, 'unsigned long', 0);

/** PR_SET_NAME: the command name, cut to 15 bytes by the kernel. */
export const setCommandName = (name: string): CallResult => call(PR_SET_NAME, 'const char *', name);

/** The int that PR_GET_PDEATHSIG and PR_GET_CHILD_SUBREAPER store; null if the option is not known. */
export function prctlRead(option: number): number | null {
  const value = Buffer.alloc(4);
  const result = call(option, 'void *', value);
  return result.errno === null ? value.readInt32LE(0) : null;
}
