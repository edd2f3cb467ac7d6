/** <linux/capability.h> */

import { type CallResult, functionIfAny, returned } from '../library.ts';

const capset = functionIfAny('int capset(const void *header, const void *sets)');

/** _LINUX_CAPABILITY_VERSION_3: two times effective, permitted and inheritable, 32 bits each. */
const version = 0x20080522;

/** capset(2) to none at all, of the calling thread. */
export function dropCapabilities(): CallResult {
  if (capset === null) return { value: -1, errno: 'ENOSYS' };
  const header = Buffer.alloc(8);
  header.writeUInt32LE(version, 0);
  return returned(capset(header, Buffer.alloc(24)));
}
