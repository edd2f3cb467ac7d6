/** <sys/mount.h>, Linux, and the calls that change what a process has for its root. */

import { type CallResult, functionIfAny, returned } from '../library.ts';
import { CLONE_NEWNS, unshare } from './namespaces.ts';

const c = {
  mount: functionIfAny(
    'int mount(const char *source, const char *target, const char *type, unsigned long flags, const char *data)',
  ),
  umount: functionIfAny('int umount(const char *target)'),
  umount2: functionIfAny('int umount2(const char *target, int flags)'),
};
const pivotRootOfKernel =
  process.platform === 'linux'
    ? functionIfAny('long syscall(long number, const char *newRoot, const char *putOld)')
    : null;
const absent: CallResult = { value: -1, errno: 'ENOSYS' };

export const MS_RDONLY = 1;
export const MS_NOSUID = 2;
export const MS_NODEV = 4;
export const MS_NOEXEC = 8;
export const MS_REMOUNT = 0x20;
export const MS_BIND = 0x1000;
export const MS_MOVE = 0x2000;
export const MS_REC = 0x4000;
const MS_PRIVATE = 0x40000;
const MNT_DETACH = 2;

/** <asm/unistd.h> */
const SYS_pivot_root = process.arch === 'arm64' ? 41 : 155;

/** mount(2): EPERM without the privilege, EINVAL for options the file system does not know, and more. */
export const mount = (
  source: string | null,
  target: string,
  type: string | null,
  flags: number,
  options: string | null,
): CallResult => (c.mount === null ? absent : returned(c.mount(source, target, type, flags, options)));

/** From here on mounts of the caller's namespace reach no other, and those of others do not reach it. */
export const makePrivate = (): CallResult => mount('none', '/', null, MS_REC | MS_PRIVATE, null);

/** unshare(2): from here on mounts are the caller's alone. EPERM without the privilege. */
export function privateMounts(): CallResult {
  const unshared = unshare(CLONE_NEWNS);
  return unshared.errno === null ? makePrivate() : unshared;
}

/** mount(2) of a tmpfs(5). */
export const mountTmpfs = (target: string): CallResult => mount('none', target, 'tmpfs', 0, null);

/** umount(2): EBUSY while something in it is in use. */
export const umount = (target: string): CallResult =>
  c.umount === null ? absent : returned(c.umount(target));

/** umount2(2) with MNT_DETACH: gone from the tree at once, and for good when nobody uses it any more. */
export const detach = (target: string): CallResult =>
  c.umount2 === null ? absent : returned(c.umount2(target, MNT_DETACH));

/** pivot_root(2): EINVAL where the present root is the initial ramfs. */
export const pivotRoot = (newRoot: string, putOld: string): CallResult =>
  pivotRootOfKernel === null ? absent : returned(Number(pivotRootOfKernel(SYS_pivot_root, newRoot, putOld)));
