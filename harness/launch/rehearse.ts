/**
 * What every stage does, done once before the first is forked: Node compiles a function of its own when it is first
 * called, and what a stage has compiled is gone with it. No result matters here, and nothing is made or changed.
 */

import {
  chmodSync,
  chownSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmdirSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { deviceNameOf } from '../observe/device-name.ts';
import { readBeginning } from '../observe/file-reading.ts';

/** A name at which nothing is, and nobody can make anything: in no directory. */
const nowhere = '/dev/null/nowhere';

const steps: readonly (() => unknown)[] = [
  () => mkdirSync(nowhere, 0o755),
  () => chownSync(nowhere, 0, 0),
  () => chmodSync(nowhere, 0o755),
  () => unlinkSync(nowhere),
  () => rmdirSync(nowhere),
  () => readlinkSync(nowhere),
  () => [statSync('/'), lstatSync('/', { throwIfNoEntry: false })].map((each) => each?.isDirectory()),
  () => readBeginning('/dev/null'),
  () => fstatSync(0, { bigint: true }).isSymbolicLink(),
  () => readdirSync('/', { withFileTypes: true }).map((each) => each.isDirectory()),
  () => deviceNameOf('/dev/null'),
  () => {
    const words = Buffer.alloc(16);
    words.write('latin1', 'latin1');
    words.writeBigUInt64LE(1n);
    words.writeBigInt64LE(words.readBigInt64LE(0), 8);
    return words.readInt32LE(0);
  },
];

export function rehearse(): void {
  for (const step of steps) {
    try {
      step();
    } catch {
      // As it was to be, or every stage compiles the rest for itself.
    }
  }
}
