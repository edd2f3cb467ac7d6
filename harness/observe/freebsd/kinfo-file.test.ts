import { expect, test } from 'vitest';
import { isUnreadable, noSurroundings, type Surroundings } from '../../facts/process.ts';
import { descriptorsOf, parseKinfoFiles } from './kinfo-file.ts';
import { kinfoFile } from './layout.ts';

const release = 'FreeBSD 13.2-RELEASE';
const devices = { nullDevice: null, pathOf: () => null };

/** A socket as kern.proc.filedesc told of it on FreeBSD 13.2. */
function socket(fd: number, pcb: bigint): Buffer {
  const record = Buffer.alloc(kinfoFile.fields.kf_path[0] + 8);
  record.writeInt32LE(record.length, 0);
  record.writeInt32LE(2 /* KF_TYPE_SOCKET */, 4);
  record.writeInt32LE(fd, 8);
  record.writeBigUInt64LE(pcb, 304);
  return record;
}

/** Both ends of a pair, and 7 a duplicate of 5: the addresses that kernel gave. */
const pair = [socket(5, 0xfffff8000c121c00n), socket(6, 0xfffff8000c122e00n), socket(7, 0xfffff8000c121c00n)];

function identities(surroundings: Surroundings) {
  const found = descriptorsOf(parseKinfoFiles(Buffer.concat(pair), release), devices, surroundings);
  if (isUnreadable(found)) throw new Error(found.unreadable);
  return found.map(({ fd, kind, identity, planted }) => [fd, kind, identity, planted]);
}

test('a socket is told by its protocol control block: a duplicate is the same, the other end another', () => {
  expect(identities(noSurroundings)).toEqual([
    [5, 'socket', 'socket:fffff8000c121c00', null],
    [6, 'socket', 'socket:fffff8000c122e00', null],
    [7, 'socket', 'socket:fffff8000c121c00', null],
  ]);
});

test('a planted socket is found under any number', () => {
  const planted = new Map([['socket:fffff8000c121c00', 'socket']]);
  expect(identities({ ...noSurroundings, planted }).map(([fd, , , name]) => [fd, name])).toEqual([
    [5, 'socket'],
    [6, null],
    [7, 'socket'],
  ]);
});
