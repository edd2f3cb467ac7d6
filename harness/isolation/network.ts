/** The network of a launch: a loopback interface, which is down in a new namespace, and nothing else. */

import { must } from '../libc/library.ts';
import { bringUp } from '../libc/linux/net-if.ts';

/** @throws SystemCallError */
export function bringUpLoopback(): void {
  must('ioctl(SIOCSIFFLAGS lo)', bringUp('lo'));
}
