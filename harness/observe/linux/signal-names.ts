/** Signal masks of /proc/PID/status (sixteen hexadecimal digits, bit n-1 for signal n) and their names. */

import { remembering } from './reading.ts';

// signal(7), the column for x86, ARM and most others.
const standard =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS';

// signal(7): glibc keeps 32 and 33 for its threads and counts SIGRTMIN from 34. The upper half is not counted
// down from SIGRTMAX, so that a name does not depend on how many signals there are.
const SIGRTMIN = 34;
const signalCount = 64;

const names: readonly string[] = Array.from({ length: signalCount }, (_, bit) => {
  const number = bit + 1;
  if (number > SIGRTMIN) return `SIGRTMIN+${number - SIGRTMIN}`;
  return `SIG${[...standard.split(' '), '32', '33', 'RTMIN'][bit]}`;
});

/** Names in a mask such as `0000000000004001`, in the order of their numbers. */
export const signalNames: (mask: string) => readonly string[] = remembering((mask) => {
  const low = Number.parseInt(mask.slice(-8), 16);
  const high = Number.parseInt(mask.slice(-16, -8), 16);
  if (low === 0 && !(high > 0)) return [];
  return names.filter((_, bit) => ((bit < 32 ? low >>> bit : high >>> (bit - 32)) & 1) === 1);
});

/** The mask that holds these names, as /proc/PID/status writes it. */
export function signalMask(held: readonly string[]): string {
  let mask = 0n;
  for (const name of held) {
    const bit = names.indexOf(name);
    if (bit >= 0) mask |= 1n << BigInt(bit);
  }
  return mask.toString(16).padStart(16, '0');
}
