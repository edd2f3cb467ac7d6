/**
 * kern.file2 by process: open files without number, inode or path. What a character device is follows from two
 * things only: a mounted procfs, or the vnode being the very one that the observer itself has open as /dev/null.
 */

import type { Descriptor, DescriptorKind, Fact, Surroundings } from '../../facts/process.ts';
import { characterDevice, inOrder, plantedAs, unknownDevice } from '../bsd/derive.ts';
import { netbsdDevice } from '../bsd/device-number.ts';
import { accessOf, isCharacterSpecial, vnodeKind } from '../bsd/files.ts';
import type { Devices, ProcfsDescriptor } from '../bsd/kernel.ts';
import type { Fields } from '../bsd/layout.ts';
import type { FileField } from './layout.ts';

export type KinfoFile = Fields<FileField>;

/** f_type, <sys/file.h>; vnodes are told apart further. */
const types: Readonly<Record<number, { readonly kind: DescriptorKind; readonly target: string }>> = {
  2: { kind: 'socket', target: 'socket' },
  3: { kind: 'pipe', target: 'pipe' },
  4: { kind: 'anonymous', target: 'kqueue' },
  5: { kind: 'anonymous', target: 'cloned device' },
  6: { kind: 'anonymous', target: 'crypto' },
  7: { kind: 'anonymous', target: 'message queue' },
  8: { kind: 'anonymous', target: 'semaphore' },
  9: { kind: 'anonymous', target: 'eventfd' },
  10: { kind: 'anonymous', target: 'timerfd' },
};
const DTYPE_VNODE = 1;

/** By what a character device is recognised. */
export interface Recognition {
  readonly devices: Devices;
  readonly surroundings: Surroundings;
  /** Vnode of the observer's own /dev/null, as this kernel shows it to this observer. */
  readonly nullVnode: bigint | null;
  readonly procfs: ReadonlyMap<number, ProcfsDescriptor>;
}

export function descriptorsOf(
  files: readonly KinfoFile[],
  recognition: Recognition,
): Fact<readonly Descriptor[]> {
  return inOrder(files.map((file) => descriptorOf(file, recognition)));
}

function descriptorOf(file: KinfoFile, recognition: Recognition): Fact<Descriptor> {
  const { devices, surroundings, nullVnode, procfs } = recognition;
  const fd = file.number('ki_fd');
  const type = file.number('ki_ftype');
  const address = file.bigint('ki_fdata');
  const plain = types[type] ?? { kind: 'unknown', target: `file of type ${type}` };

  let { kind, target } = plain;
  let rdev: bigint | null = null;
  if (type === DTYPE_VNODE && isCharacterSpecial(file.number('ki_vtype'))) {
    const shown = procfs.get(fd);
    if (shown?.characterDevice) {
      rdev = shown.rdev;
      const device = characterDevice(rdev, devices, null);
      if (device === null) return unknownDevice(fd, `no node of ${netbsdDevice(rdev)} is known`);
      kind = device.kind;
      target = device.path;
    } else if (address !== 0n && address === nullVnode) {
      rdev = devices.nullDevice;
      kind = 'null-device';
      target = '/dev/null';
    } else {
      return unknownDevice(fd, 'NetBSD does not reveal which: mount procfs on /proc');
    }
  } else if (type === DTYPE_VNODE) {
    kind = vnodeKind(file.number('ki_vtype'));
    target = kind;
  }
  const identity = address === 0n ? null : `file:${address.toString(16)}`;
  return {
    fd,
    target,
    kind,
    access: accessOf(file.number('ki_flag')),
    device: rdev === null ? null : netbsdDevice(rdev),
    identity,
    // The link count is not revealed.
    deleted: null,
    closeOnExec: file.number('ki_ofileflags') !== 0,
    planted: plantedAs(identity, surroundings),
  };
}
