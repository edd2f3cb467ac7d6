/**
 * The process IDs of a launch in a world of its own. Inside, the stage is process 1, and the program tells the IDs that
 * it knows, in a pidfile for instance. An observer outside knows each process by another ID, and that is the one in
 * reports. Both IDs are read in the /proc of outside.
 */

import { closeSync, readlinkSync } from 'node:fs';
import { open } from '../libc/fcntl.ts';
import { must } from '../libc/library.ts';
import { O_PATH } from '../libc/linux/fcntl.ts';
import { MS_NODEV, MS_NOEXEC, MS_NOSUID, mount } from '../libc/linux/sys-mount.ts';
import { pidfdOpen } from '../libc/linux/sys-pidfd.ts';
import { platform } from '../libc/platform.ts';
import { close, getpid } from '../libc/unistd.ts';
import { textOf } from '../observe/linux/reading.ts';
import type { Mount } from './mount-table.ts';

/** A descriptor of the /proc of outside; null for a process that has none of its own. */
let outside: number | null = null;

/** To be called while /proc still is the one of outside. */
export function keepOutsideProc(): void {
  outside ??= must('open(/proc)', open('/proc', O_PATH | platform.O_CLOEXEC));
}

/** Mounts a /proc that shows the processes inside, and keeps hold of the one there was. */
export function mountProc(base: string, mounts: readonly Mount[]): void {
  keepOutsideProc();
  const options = mounts.find(({ path }) => path === '/proc')?.options ?? '';
  // Whose processes are hidden from whom stays as it is outside, proc(5).
  const hiding = options.split(',').filter((option) => /^(?:hidepid|gid|subset)=/.test(option));
  const flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
  must('mount(proc)', mount('proc', `${base}/proc`, 'proc', flags, hiding.join(',')));
}

/** @throws SystemCallError where the kernel, or a filter, does not tell the IDs of outside: Linux before 5.3 */
export function mustTellOutside(): void {
  close(must('pidfd_open(2)', pidfdOpen(getpid(), 0)));
}

/** Whether the caller has process IDs that differ from those outside. */
export const isInside = (): boolean => outside !== null;

const proc = (): string => (outside === null ? '/proc' : `/proc/self/fd/${outside}`);

/** The caller's own ID as it is seen outside. */
export function ownPidOutside(): number {
  return outside === null ? getpid() : Number(readlinkSync(`${proc()}/self`));
}

/** The process whose end is to be told without delay: its ID outside is read beforehand. */
let expected: { readonly inside: number; readonly outside: number } | null = null;

/** As `pidOutside`; and when that process has ended, `pidOfEnded` knows its ID without reading it. */
export function expectEnd(pid: number): number {
  const outside = pidOutside(pid);
  if (isInside()) expected = { inside: pid, outside };
  return outside;
}

/**
 * The ID outside of a process that has ended. To be called before it is waited for: afterwards its number inside may be
 * another's.
 */
export function pidOfEnded(pid: number): number {
  if (expected?.inside !== pid) return pidOutside(pid);
  const { outside } = expected;
  expected = null;
  return outside;
}

/**
 * The ID outside of the process with this ID inside; 0 if there is none. A process that has ended keeps its IDs until
 * it is waited for.
 */
export function pidOutside(pid: number): number {
  if (outside === null) return pid;
  const fd = pidfdOpen(pid, 0);
  if (fd.errno !== null) return 0;
  try {
    // pidfd_open(2) and proc_pid_fdinfo(5): Pid is that of the namespace the file belongs to.
    const text = textOf(`${proc()}/self/fdinfo/${fd.value}`);
    return Math.max(0, Number(/^Pid:\s*(-?\d+)/m.exec(text)?.[1] ?? 0));
  } finally {
    closeSync(fd.value);
  }
}

/**
 * The IDs of a process: first the one in the outermost namespace that can be seen, last the one in its own,
 * proc_pid_status(5).
 */
function idsOf(directory: string): readonly number[] {
  const text = textOf(`${directory}/status`);
  return (/^NSpid:\s*(.*)$/m.exec(text)?.[1] ?? '').split(/\s+/).map(Number);
}

/** The ID inside of the process with this ID outside; 0 if it is in another world, or has ended. */
export function pidInside(pid: number): number {
  if (outside === null) return pid;
  try {
    const depth = idsOf(`${proc()}/self`).length;
    return idsOf(`${proc()}/${pid}`)[depth - 1] ?? 0;
  } catch {
    return 0;
  }
}
