/** <sys/mount.h> and unshare(2), Linux: a mount namespace of one's own. */

import { type CallResult, functionIfAny, returned } from '../library.ts';

const c = {
  mount: functionIfAny(
    'int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data)',
  ),
  umount: functionIfAny('int umount(const char *target)'),
  unshare: functionIfAny('int unshare(int flags)'),
};
const absent: CallResult = { value: -1, errno: 'ENOSYS' };

const CLONE_NEWNS = 0x00020000;
const MS_REC = 0x4000;
const MS_PRIVATE = 0x40000;

/** unshare(2): from here on mounts are the caller's alone. EPERM without the privilege. */
export function privateMounts(): CallResult {
  if (c.unshare === null || c.mount === null) return absent;
  const unshared = returned(c.unshare(CLONE_NEWNS));
  if (unshared.errno !== null) return unshared;
  return returned(c.mount('none', '/', null, MS_REC | MS_PRIVATE, null));
}

/** mount(2) of a tmpfs(5). */
export const mountTmpfs = (target: string): CallResult =>
  c.mount === null ? absent : returned(c.mount('none', target, 'tmpfs', 0, null));

/** umount(2): EBUSY while something in it is in use. */
export const umount = (target: string): CallResult =>
  c.umount === null ? absent : returned(c.umount(target));
