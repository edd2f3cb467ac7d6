/**
 * rt_sigaction(2) past the C library, which keeps the first real-time signals for its own threads and refuses to touch
 * them: glibc 32 and 33, musl 34 too (nptl(7)). What glibc's posix_spawn(3) starts ignores them, and whatever that
 * starts does as well: a program run by make(1), cargo or ninja would not be launched as one typed into a shell.
 */

import { functionIfAny } from '../library.ts';

/** <asm/unistd.h> */
const numbers: Readonly<Partial<Record<string, number>>> = { x64: 13, arm64: 134 };
const SYS_rt_sigaction = process.platform === 'linux' ? numbers[process.arch] : undefined;
const syscall =
  SYS_rt_sigaction === undefined
    ? null
    : functionIfAny(
        'long syscall(long number, int signo, const void *action, void *former, size_t setBytes)',
      );

/** No handler, no flags, an empty mask: all of struct sigaction is zero where the disposition is the default. */
const byDefault = Buffer.alloc(32);
const setBytes = 8;

/** The dispositions that the C library does not hand out, back to default; nothing where the call is not known. */
export function resetThreadSignals(): void {
  for (const signo of [32, 33, 34]) syscall?.(SYS_rt_sigaction, signo, byDefault, null, setBytes);
}
