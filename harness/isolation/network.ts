/** A network of the launch's own: nothing but a loopback interface, which begins its life down. */

import { must } from '../libc/library.ts';
import { bringUp } from '../libc/linux/net-if.ts';

/** @throws SystemCallError */
export function bringUpLoopback(): void {
  must('ioctl(SIOCSIFFLAGS lo)', bringUp('lo'));
}
