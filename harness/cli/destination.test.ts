/** What other users of the machine can do to the place of a report, and what comes of it. */

import {
  chmodSync,
  chownSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from 'vitest';
import { type Destination, openFile } from './destination.ts';

/** The overflow user of Linux, whoever that is: somebody else than root. */
const somebody = 65534;

const test = base.extend<{ directory: string; shared: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that are asked for from the pattern
  directory: async ({}, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'destination-'));
    await use(directory);
    rmSync(directory, { recursive: true });
  },
  /** A directory like /tmp; only root can put there what belongs to others. */
  shared: async ({ directory, skip }, use) => {
    if (process.getuid?.() !== 0) skip('only root can make files of others');
    const shared = join(directory, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o1777);
    await use(shared);
  },
});

function opened(path: string): Destination {
  const destination = openFile(path, 'it');
  if (destination.kind === 'usage-error') throw new Error(destination.line);
  return destination.value;
}

const refused = (path: string): string => {
  const destination = openFile(path, 'it');
  return destination.kind === 'usage-error' ? destination.line : 'opened';
};

/** Mode and owner. */
function standing(path: string): string {
  const { mode, uid } = lstatSync(path);
  return `${(mode & 0o7777).toString(8)} ${uid}`;
}

const usualMode = (0o666 & ~process.umask()).toString(8);

test('a report keeps who may read and write its own file, and never a set-ID or sticky bit', async ({
  directory,
}) => {
  const path = join(directory, 'report.json');
  writeFileSync(path, '');
  chmodSync(path, 0o7751);
  await opened(path).write('text');
  expect(standing(path)).toBe(`751 ${process.getuid?.()}`);
});

test('a report in the place of a file of another user is a new file of ours', async ({ shared }) => {
  const path = join(shared, 'report.json');
  writeFileSync(path, '');
  chownSync(path, somebody, somebody);
  chmodSync(path, 0o6777);
  await opened(path).write('text');
  expect([standing(path), readFileSync(path, 'utf8')]).toEqual([`${usualMode} 0`, 'text']);
});

test('the owner of the file when it is written decides, not the one when it was named', async ({
  shared,
}) => {
  const path = join(shared, 'report.json');
  const destination = opened(path);
  writeFileSync(path, '');
  chownSync(path, somebody, somebody);
  chmodSync(path, 0o6777);
  await destination.write('text');
  expect(standing(path)).toBe(`${usualMode} 0`);
});

test('a link of another user is not followed, as the name and on the way to it', ({ shared, directory }) => {
  writeFileSync(join(directory, 'precious'), 'precious');
  const link = join(shared, 'report.json');
  symlinkSync('../precious', link);
  lchownSync(link, somebody, somebody);
  expect(refused(link)).toBe(
    `it cannot be written: ${link} is a link of user ${somebody}; name the file it leads to`,
  );
  const way = join(shared, 'way');
  symlinkSync('..', way);
  lchownSync(way, somebody, somebody);
  expect(refused(join(way, 'new'))).toMatch(`${way} is a link of user ${somebody}`);
  expect(refused(join(way, 'precious'))).toMatch(`${way} is a link of user ${somebody}`);
  expect(readFileSync(join(directory, 'precious'), 'utf8')).toBe('precious');
});

test('a link that is put there later is replaced, and not followed', async ({ directory }) => {
  writeFileSync(join(directory, 'precious'), 'precious');
  const path = join(directory, 'report.json');
  const destination = opened(path);
  symlinkSync('precious', path);
  await destination.write('text');
  expect(lstatSync(path).isFile()).toBe(true);
  expect(readFileSync(join(directory, 'precious'), 'utf8')).toBe('precious');
});

test('the directory is the one that was named, whoever has renamed it since', async ({ directory }) => {
  const named = join(directory, 'named');
  mkdirSync(named);
  const destination = opened(join(named, 'report.json'));
  renameSync(named, join(directory, 'moved'));
  mkdirSync(join(directory, 'other'));
  symlinkSync('other', named);
  await destination.write('text');
  expect(readdirSync(join(directory, 'moved'))).toEqual(['report.json']);
  expect(readdirSync(join(directory, 'other'))).toEqual([]);
});

test('files under every name that can be foreseen neither hinder it nor are removed', async ({ shared }) => {
  const path = join(shared, 'report.json');
  const planted = [`.report.json.${process.pid}`, `report.json.${process.pid}`, 'report.json.tmp'];
  for (const name of planted) {
    writeFileSync(join(shared, name), '');
    chownSync(join(shared, name), somebody, somebody);
  }
  await opened(path).write('text');
  expect(readdirSync(shared).sort()).toEqual([...planted, 'report.json'].sort());
});

test('a report that cannot take its place leaves nothing', async ({ directory }) => {
  const path = join(directory, 'report.json');
  const destination = opened(path);
  mkdirSync(join(path, 'x'), { recursive: true });
  await expect(destination.write('text')).rejects.toThrow('it could not be written (EISDIR)');
  expect(readdirSync(directory)).toEqual(['report.json']);
  expect(statSync(path).isDirectory()).toBe(true);
});

test('links in a circle are told', ({ directory }) => {
  symlinkSync('b', join(directory, 'a'));
  symlinkSync('a', join(directory, 'b'));
  expect(refused(join(directory, 'a'))).toBe('it cannot be written: ELOOP');
  expect(refused(join(directory, 'a/b'))).toBe('it cannot be written: ELOOP');
});
