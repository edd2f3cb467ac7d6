/** Pseudo-terminals and the sessions on them. */

import { O_RDWR, open } from '../../../harness/libc/fcntl.ts';
import { must } from '../../../harness/libc/library.ts';
import { platform } from '../../../harness/libc/platform.ts';
import { openPseudoTerminal } from '../../../harness/libc/stdlib.ts';
import { takeTerminal } from '../../../harness/libc/sys-ioctl.ts';
import { close, setpgid, setsid } from '../../../harness/libc/unistd.ts';
import { gate, mailbox, start } from './child.ts';

export interface Terminal {
  readonly master: number;
  /** Path of the slave. */
  readonly path: string;
}

/** A fresh terminal that nobody controls. */
export function freshTerminal(): Terminal {
  const { master, slave } = openPseudoTerminal(O_RDWR | platform.O_NOCTTY | platform.O_CLOEXEC);
  return { master, path: slave };
}

/** The slave, opened so that it is never acquired. */
export const openQuietly = ({ path }: Terminal): number =>
  must('open(terminal)', open(path, O_RDWR | platform.O_NOCTTY | platform.O_CLOEXEC));

/** Makes the caller the leader of a new session that has the terminal; the slave's descriptor. */
export function leadSessionOn(terminal: Terminal): number {
  must('setsid', setsid());
  const slave = openQuietly(terminal);
  must('TIOCSCTTY', takeTerminal(slave));
  return slave;
}

/** Whether the caller's session has a controlling terminal: /dev/tty opens, POSIX.1-2024 XBD 10.1. */
export function hasTerminal(): boolean {
  const tty = open('/dev/tty', O_RDWR | platform.O_NOCTTY | platform.O_CLOEXEC);
  if (tty.errno === null) close(tty.value);
  return tty.errno === null;
}

/** Runs `body` in an orphaned background group of the caller's session: its parent is gone when it begins. */
export function orphanedGroup<T>(body: () => T): T {
  const [grouped, orphaned] = [gate(), gate()];
  const box = mailbox<T | { readonly because: string }>();
  const parent = start(() => {
    start(() => {
      setpgid(0, 0);
      grouped.open();
      orphaned.pass();
      try {
        box.put(body());
      } catch (error) {
        box.put({ because: String(error) });
      }
    });
    // FreeBSD decides at this exit whether the group is orphaned: the child has to be in it by then.
    grouped.pass();
  });
  parent.ended();
  orphaned.open();
  const said = box.take();
  if (typeof said === 'object' && said !== null && 'because' in said) throw new Error(said.because);
  return said as T;
}
