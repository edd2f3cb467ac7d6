/** kern.proc.filedesc: records of which each says its own length, since it ends with its path. */

import type { Descriptor, DescriptorKind, Fact, Surroundings } from '../../facts/process.ts';
import { characterDevice, inOrder, plantedAs, unknownDevice } from '../bsd/derive.ts';
import { freebsdDevice } from '../bsd/device-number.ts';
import { accessOf, isCharacterSpecial, vnodeKind } from '../bsd/files.ts';
import type { Devices } from '../bsd/kernel.ts';
import { type Fields, fieldsOf, UnknownLayout } from '../bsd/layout.ts';
import { type FileField, KF_ATTR_VALID, kinfoFile } from './layout.ts';

export type KinfoFile = Fields<FileField>;

/** @throws UnknownLayout */
export function parseKinfoFiles(bytes: Buffer, release: string): KinfoFile[] {
  const files: KinfoFile[] = [];
  const [pathAt] = kinfoFile.fields.kf_path;
  for (let offset = 0; offset < bytes.length; ) {
    const left = bytes.length - offset;
    const size = left >= 4 ? bytes.readInt32LE(offset) : left;
    // The kernel ends the table with a record of length zero where there is room.
    if (size === 0) break;
    if (size <= pathAt || size > left || size > kinfoFile.size) {
      throw new UnknownLayout(release, `a struct ${kinfoFile.struct} of ${size} bytes`);
    }
    // Padded, so that the path of a short record ends where the record does.
    const record = Buffer.alloc(kinfoFile.size);
    bytes.copy(record, 0, offset, offset + size);
    files.push(fieldsOf(kinfoFile, record));
    offset += size;
  }
  return files;
}

/** kf_type, <sys/user.h>; vnodes and pseudo-terminals are told apart further. */
const types: Readonly<Record<number, { readonly kind: DescriptorKind; readonly target: string }>> = {
  2: { kind: 'socket', target: 'socket' },
  3: { kind: 'pipe', target: 'pipe' },
  4: { kind: 'pipe', target: 'fifo' },
  5: { kind: 'anonymous', target: 'kqueue' },
  6: { kind: 'anonymous', target: 'crypto' },
  7: { kind: 'anonymous', target: 'message queue' },
  8: { kind: 'anonymous', target: 'shared memory' },
  9: { kind: 'anonymous', target: 'semaphore' },
  // Only the master has this type; the slave is a device node.
  10: { kind: 'character-device', target: 'pseudo-terminal master' },
  11: { kind: 'anonymous', target: 'process descriptor' },
  13: { kind: 'anonymous', target: 'eventfd' },
  14: { kind: 'anonymous', target: 'timerfd' },
};
const KF_TYPE_VNODE = 1;
const KF_TYPE_SOCKET = 2;
const KF_TYPE_PIPE = 3;
const KF_TYPE_FIFO = 4;

export function descriptorsOf(
  files: readonly KinfoFile[],
  devices: Devices,
  surroundings: Surroundings,
): Fact<readonly Descriptor[]> {
  const open = files.filter((file) => file.number('kf_fd') >= 0);
  return inOrder(open.map((file) => descriptorOf(file, devices, surroundings)));
}

function descriptorOf(file: KinfoFile, devices: Devices, surroundings: Surroundings): Fact<Descriptor> {
  const fd = file.number('kf_fd');
  const type = file.number('kf_type');
  const path = file.text('kf_path') || null;
  const vnode = type === KF_TYPE_VNODE || type === KF_TYPE_FIFO;
  const known = vnode && (file.number('kf_status') & KF_ATTR_VALID) !== 0;
  const special = vnode && isCharacterSpecial(file.number('kf_vnode_type'));
  // Of other files the field holds whatever was in the kernel's memory.
  const rdev = special && known ? file.bigint('kf_file_rdev') : null;
  const identity = identityOf(file, type, known);
  const plain = types[type] ?? { kind: 'unknown', target: `file of type ${type}` };

  let kind: DescriptorKind = plain.kind;
  let target = path ?? plain.target;
  if (special) {
    if (rdev === null) return unknownDevice(fd, 'its attributes could not be read');
    const device = characterDevice(rdev, devices, path);
    if (device === null) return unknownDevice(fd, `no node of ${freebsdDevice(rdev)} is known`);
    kind = device.kind;
    target = device.path;
  } else if (type === KF_TYPE_VNODE) {
    kind = vnodeKind(file.number('kf_vnode_type'));
    if (path === null) target = identity === null ? kind : `${kind} ${identity}`;
  }
  return {
    fd,
    target,
    kind,
    access: accessOf(file.number('kf_flags')),
    device: rdev === null ? null : freebsdDevice(rdev),
    identity,
    // The link count is not revealed.
    deleted: null,
    closeOnExec: null,
    planted: plantedAs(identity, surroundings),
  };
}

function identityOf(file: KinfoFile, type: number, known: boolean): string | null {
  if (known) return `${file.bigint('kf_file_fsid')}:${file.bigint('kf_file_fileid')}`;
  const named = (
    { [KF_TYPE_PIPE]: ['pipe', 'kf_pipe_addr'], [KF_TYPE_SOCKET]: ['socket', 'kf_sock_pcb'] } as const
  )[type as typeof KF_TYPE_PIPE];
  if (named === undefined) return null;
  const [kind, field] = named;
  // Equal in every process that has it open, and its own for each end of a pair; measured on FreeBSD 13.2.
  const address = file.bigint(field);
  return address === 0n ? null : `${kind}:${address.toString(16)}`;
}
