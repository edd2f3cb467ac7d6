/** kern.file by process: open files with the numbers of their devices and inodes, and without their paths. */

import type { Descriptor, DescriptorKind, Fact, Surroundings } from '../../facts/process.ts';
import { characterDevice, inOrder, plantedAs, unknownDevice } from '../bsd/derive.ts';
import { openbsdDevice } from '../bsd/device-number.ts';
import { accessOf, isCharacterSpecial, vnodeKind } from '../bsd/files.ts';
import type { Devices } from '../bsd/kernel.ts';
import type { Fields } from '../bsd/layout.ts';
import { type FileField, UF_EXCLOSE } from './layout.ts';

export type KinfoFile = Fields<FileField>;

/** f_type, <sys/file.h>; vnodes are told apart further. */
const types: Readonly<Record<number, { readonly kind: DescriptorKind; readonly target: string }>> = {
  2: { kind: 'socket', target: 'socket' },
  3: { kind: 'pipe', target: 'pipe' },
  4: { kind: 'anonymous', target: 'kqueue' },
  5: { kind: 'anonymous', target: 'dmabuf' },
};
const DTYPE_VNODE = 1;

export function descriptorsOf(
  files: readonly KinfoFile[],
  devices: Devices,
  surroundings: Surroundings,
): Fact<readonly Descriptor[]> {
  const open = files.filter((file) => file.number('fd_fd') >= 0);
  return inOrder(open.map((file) => descriptorOf(file, devices, surroundings)));
}

function descriptorOf(file: KinfoFile, devices: Devices, surroundings: Surroundings): Fact<Descriptor> {
  const fd = file.number('fd_fd');
  const type = file.number('f_type');
  const vnode = type === DTYPE_VNODE;
  // va_mode holds the type of the file too, so it is never zero where the attributes could be read.
  const known = vnode && file.number('va_mode') !== 0;
  const special = vnode && isCharacterSpecial(file.number('v_type'));
  const rdev = special && known ? file.bigint('va_rdev') : null;
  const identity = identityOf(file, vnode, known);
  const plain = types[type] ?? { kind: 'unknown', target: `file of type ${type}` };

  let { kind, target } = plain;
  if (special) {
    if (rdev === null) return unknownDevice(fd, 'its attributes could not be read');
    const device = characterDevice(rdev, devices, null);
    if (device === null) return unknownDevice(fd, `no node of ${openbsdDevice(rdev)} is known`);
    kind = device.kind;
    target = device.path;
  } else if (vnode) {
    kind = vnodeKind(file.number('v_type'));
    target = known ? `inode ${file.bigint('va_fileid')} on ${file.text('f_mntonname')}` : kind;
  } else if (file.text('unp_path') !== '') {
    target = `socket ${file.text('unp_path')}`;
  }
  return {
    fd,
    target,
    kind,
    access: accessOf(file.number('f_flag')),
    device: rdev === null ? null : openbsdDevice(rdev),
    identity,
    deleted: known ? file.number('va_nlink') === 0 : null,
    closeOnExec: (file.number('fd_ofileflags') & UF_EXCLOSE) !== 0,
    planted: plantedAs(identity, surroundings),
  };
}

/** Of what is no vnode only root is shown the address. */
function identityOf(file: KinfoFile, vnode: boolean, known: boolean): string | null {
  if (vnode) return known ? `${file.number('va_fsid')}:${file.bigint('va_fileid')}` : null;
  const address = file.bigint('f_data');
  return address === 0n ? null : `file:${address.toString(16)}`;
}
