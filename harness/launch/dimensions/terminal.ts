import { isUnreadable } from '../../facts/process.ts';
import type { StartState } from '../../facts/start-state.ts';
import { O_RDWR, open } from '../../libc/fcntl.ts';
import { must } from '../../libc/library.ts';
import { platform } from '../../libc/platform.ts';
import { openPseudoTerminal } from '../../libc/stdlib.ts';
import { setWindowSize, takeTerminal } from '../../libc/sys-ioctl.ts';
import { stopBackgroundOutput } from '../../libc/termios.ts';
import { deviceNameOf } from '../../observe/device-name.ts';
import { compare, type Dimension } from './dimension.ts';

export interface Terminal {
  readonly master: number;
  readonly slave: number;
  readonly path: string;
  readonly device: string;
}

/**
 * The stage's own, except where the program is to be the leader of its session.
 *
 * @throws SystemCallError naming the call that failed
 */
export function openTerminal(start: StartState): Terminal | null {
  if (start.terminal === 'none') return null;
  const { master, slave: path } = openPseudoTerminal(O_RDWR | platform.O_NOCTTY | platform.O_CLOEXEC);
  const slave = must(`open(${path})`, open(path, O_RDWR | platform.O_NOCTTY | platform.O_CLOEXEC));
  setWindowSize(slave, 24, 80);
  if (start.terminal !== 'leader') must('ioctl(TIOCSCTTY)', takeTerminal(slave));
  if (start.terminal === 'background') must('tcsetattr', stopBackgroundOutput(slave));
  return { master, slave, path, device: deviceNameOf(path) };
}

export const terminal: Dimension = {
  apply({ start, placement }) {
    if (start.sessionLeader && placement.terminal >= 0) takeTerminal(placement.terminal);
  },
  show: ({ facts, start, started }) =>
    isUnreadable(facts.terminal)
      ? { because: facts.terminal.unreadable }
      : compare(
          facts.terminal?.device ?? 'none',
          start.terminal === 'none' ? 'none' : started.terminal?.device,
        ),
};
