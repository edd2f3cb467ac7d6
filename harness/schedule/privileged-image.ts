/** Programs that are others where they are followed: execve(2) gives no privilege to who is traced by an ordinary user. */

import { statSync } from 'node:fs';
import { hasAttribute } from '../libc/linux/sys-xattr.ts';
import { geteuid } from '../libc/unistd.ts';

const S_ISUID = 0o4000;
const S_ISGID = 0o2000;

/** Why the program that was just executed has not the privilege it has otherwise; null if it lacks none. */
export function whyUnprivileged(pid: number): string | null {
  if (geteuid() === 0) return null;
  const image = `/proc/${pid}/exe`;
  try {
    const { mode } = statSync(image);
    if ((mode & (S_ISUID | S_ISGID)) !== 0)
      return 'a set-user-ID program gets no privilege where it is traced';
  } catch {
    return null;
  }
  return hasAttribute(image, 'security.capability')
    ? 'a program with file capabilities gets none where it is traced'
    : null;
}
