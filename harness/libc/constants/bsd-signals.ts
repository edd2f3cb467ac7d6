/** <sys/signal.h> of the BSDs and macOS: 1 to 31 are those of 4.4BSD everywhere. */

const first31 =
  'HUP INT QUIT ILL TRAP ABRT EMT FPE KILL BUS SEGV SYS PIPE ALRM TERM URG STOP TSTP CONT CHLD TTIN TTOU IO XCPU XFSZ VTALRM PROF WINCH INFO USR1 USR2'
    .split(' ')
    .map((name) => `SIG${name}`);

export interface SignalNumbers {
  /** Name of signal n at index n-1; `SIG<n>` where the header has none. */
  readonly names: readonly string[];
  /**
   * What the kernel puts into the set of ignored signals of every process because their default is to be ignored
   * (sys/kern/kern_sig.c, siginit()): in that set SIG_DFL and SIG_IGN look alike for these.
   */
  readonly ignoredByDefault: readonly string[];
}

interface Beyond31 {
  readonly count: number;
  readonly named?: Readonly<Record<number, string>>;
  readonly realTime?: { readonly first: number; readonly last: number };
  readonly ignoredByDefault: readonly string[];
}

export function signalNumbers({ count, named = {}, realTime, ignoredByDefault }: Beyond31): SignalNumbers {
  const names = Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    if (realTime !== undefined && number >= realTime.first && number <= realTime.last) {
      return number === realTime.first ? 'SIGRTMIN' : `SIGRTMIN+${number - realTime.first}`;
    }
    return first31[index] ?? named[number] ?? `SIG${number}`;
  });
  return { names, ignoredByDefault };
}
