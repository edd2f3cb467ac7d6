/** What the three systems name alike in their tables of open files: <sys/vnode.h>, <sys/fcntl.h>. */

import type { Access, DescriptorKind } from '../../facts/process.ts';

/** enum vtype: the same numbers everywhere. VBAD is a vnode that revoke(2) or a hang-up took away. */
const kindOfVnode: readonly (DescriptorKind | 'character-special')[] = [
  'unknown',
  'file',
  'directory',
  'block-device',
  'character-special',
  'unknown',
  'socket',
  'pipe',
  'unknown',
];

const VCHR = 4;
export const isCharacterSpecial = (vnodeType: number): boolean => vnodeType === VCHR;

/** Kind of a vnode that is no character device; those are told apart by their number. */
export function vnodeKind(vnodeType: number): DescriptorKind {
  const kind = kindOfVnode[vnodeType] ?? 'unknown';
  return kind === 'character-special' ? 'unknown' : kind;
}

/** FREAD and FWRITE. */
export function accessOf(flags: number): Access {
  const access: readonly Access[] = ['unknown', 'read', 'write', 'read-write'];
  return access[flags & 3] ?? 'unknown';
}
