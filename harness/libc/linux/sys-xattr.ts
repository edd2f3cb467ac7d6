/** <sys/xattr.h>, Linux. */

import { functionIfAny, returned } from '../library.ts';

const getxattr = functionIfAny(
  'intptr_t getxattr(const char *path, const char *name, _Out_ void *value, size_t size)',
);

/** getxattr(2): whether a file has that attribute. False also where attributes are not to be had. */
export function hasAttribute(path: string, name: string): boolean {
  return getxattr !== null && returned(Number(getxattr(path, name, Buffer.alloc(1), 0))).errno === null;
}
