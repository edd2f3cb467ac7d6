import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { identityAt } from './guarded-names.ts';
import type { Launch } from './launcher-client.ts';
import { withPidfileCleanup } from './with-pidfile-cleanup.ts';

let pidfile = '';
beforeEach(() => {
  const directory = mkdtempSync(join(tmpdir(), 'tidied-'));
  pidfile = join(directory, 'exampled.pid');
  onTestFinished(() => rmSync(directory, { recursive: true }));
});

/** A launch of which nothing is asked but its end. */
function launch(): Launch {
  const never = (): Promise<never> => Promise.reject(new Error('not asked for'));
  return { id: 1, events: [], onEvent: () => () => {}, until: never, act: never, end: async () => {} };
}

const unguarded = () => ({ release: () => {} });

test('a pidfile that the launch has created is gone at its end', async () => {
  const one = withPidfileCleanup(pidfile, launch, unguarded);
  writeFileSync(pidfile, '302\n');
  await one.end();
  expect(identityAt(pidfile)).toBe(null);
});

test('one that was there before stays, with what was written into it', async () => {
  writeFileSync(pidfile, '201\n');
  const one = withPidfileCleanup(pidfile, launch, unguarded);
  writeFileSync(pidfile, '302\n');
  await one.end();
  expect(readFileSync(pidfile, 'latin1')).toBe('302\n');
});

test('one that the launch has put in the place of another is gone', async () => {
  writeFileSync(pidfile, '201\n');
  const one = withPidfileCleanup(pidfile, launch, unguarded);
  writeFileSync(`${pidfile}.new`, '302\n');
  renameSync(`${pidfile}.new`, pidfile);
  await one.end();
  expect(identityAt(pidfile)).toBe(null);
});

test('a launch that is left running keeps its pidfile, also when its end is asked for again', async () => {
  const one = withPidfileCleanup(pidfile, launch, unguarded);
  writeFileSync(pidfile, '302\n');
  await one.end({ keep: true });
  await one.end();
  expect(readFileSync(pidfile, 'latin1')).toBe('302\n');
});

test('no pidfile, no difference', () => {
  const one = launch();
  expect(withPidfileCleanup(null, () => one, unguarded)).toBe(one);
});
