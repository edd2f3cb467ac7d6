/** What a former launch leaves is in nobody's way, and is said: outside of worlds of their own, where it matters. */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type CheckRequest, openChecker } from '../../harness/index.ts';
import { is } from '../../harness/launch/events.ts';
import { beginDeadlineMs, type Launch } from '../../harness/launch/launcher-client.ts';
import { LeftOvers } from '../../harness/launch/left-overs.ts';
import { startStates } from '../../harness/launch/start-states.ts';
import { withoutLeftOver } from '../../harness/launch/without-left-over.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { stepModules } from './step-modules.ts';
import { whyNotIsolated } from './why-not-isolated.ts';

const directory = mkdtempSync(join(tmpdir(), 'former-launches-'));
const checker = openChecker();
beforeAll(() => checker.launcher.libc);
afterAll(async () => {
  await checker.close();
  rmSync(directory, { recursive: true });
});

const starts = ['clean', 'hostile', 'captured', 'closed', 'detached'] as const;

async function startsOf(fixture: string, name: string, more: Partial<CheckRequest> = {}) {
  const path = join(packageRoot, `dist/${fixture}.js`);
  const report = await checker.check({
    argv: [path, join(directory, name)],
    path,
    image: { kind: 'module', path, preload: stepModules },
    cwd: directory,
    env: { PATH: '/usr/bin:/bin' },
    starts,
    isolation: 'none',
    only: ['starter-exit-status', 'surviving-processes'],
    timeoutMs: 20_000 * inject('pace').slowness,
    ...more,
  });
  return { ...report, leftOver: report.leftOver ?? [], failed: report.results.map(({ outcome }) => outcome) };
}

const well = ['pass', 'pass'];

test('who needs some time to remove its pidfile is given it', async () => {
  const { failed, leftOver } = await startsOf('fixtures/recipes/removes-slowly', 'slow.pid', {
    // For as long as it sleeps it shows that it is ending: a slow machine needs more, and a fast one does not wait.
    stopTimeoutMs: 10_000 * inject('pace').slowness,
  });
  expect({ failed, leftOver, there: readdirSync(directory) }).toEqual({
    failed: well,
    leftOver: [],
    there: [],
  });
});

test('what is left of who is not given it is told, and found by no other start', async () => {
  const { failed, leftOver } = await startsOf('fixtures/recipes/removes-slowly', 'cut.pid', {
    stopTimeoutMs: 1,
  });
  const name = join(directory, 'cut.pid');
  expect(failed).toEqual(well);
  expect(leftOver).toEqual([{ kind: 'pidfile', name, removed: true }]);
  expect(readdirSync(directory)).toEqual([]);
});

/** A launch of a recipe that is given the name of a pidfile, and what was left over when it had ended. */
async function leftBy(fixture: string, name: string, before = (): void => {}): Promise<LeftOvers> {
  const leftOvers = new LeftOvers();
  const program = join(packageRoot, `dist/fixtures/recipes/${fixture}.js`);
  const spec = {
    image: { kind: 'module', path: program, preload: stepModules },
    argv: [program, join(directory, name)],
    environment: [],
    directory,
    start: startStates.clean,
    stopTimeoutMs: 0,
  } as const;
  const begin = (): Launch => {
    before();
    return checker.launcher.launch(spec, undefined);
  };
  const launch = withoutLeftOver(spec, begin, leftOvers);
  expect(await launch.until(is('returned', 'lost'), beginDeadlineMs())).toMatchObject({ exitCode: 0 });
  await launch.end();
  return leftOvers;
}

test('whether a program names itself in a pidfile is known when a launch of it is over', async () => {
  expect((await leftBy('sysv', 'named.pid')).namesOne).toBe(false);
  expect((await leftBy('removes-slowly', 'named.pid')).namesOne).toBe(true);
});

test('a pidfile is found that took the place of an earlier instance’s since the launch began', async () => {
  const path = join(directory, 'next.pid');
  writeFileSync(path, '1\n');
  const { told } = await leftBy('removes-slowly', 'next.pid', () => rmSync(path));
  expect(told).toEqual([{ kind: 'pidfile', name: path, removed: true }]);
});

test('a socket that stays since SIGTERM is blocked is told, and found by no other start', async () => {
  const { failed, leftOver } = await startsOf('fixtures/awkward/leaves-socket', 'left.socket');
  const name = join(directory, 'left.socket');
  expect(failed).toEqual(well);
  expect(leftOver).toEqual([{ kind: 'socket', name, removed: true }]);
  expect(readdirSync(directory)).toEqual([]);
});

const both = ['none', 'auto'] as const;

describe.each(both)('with --isolation %s', (isolation) => {
  test('a segment of shared memory that stays is told, or gone with its world', async ({ skip }) => {
    if (!existsSync('/dev/shm')) skip('there is no /dev/shm');
    const lack = isolation === 'auto' ? await whyNotIsolated() : null;
    if (lack !== null) skip(lack);
    const name = `/dev/shm/${join(directory, 'segment').slice(1).replaceAll('/', '-')}`;
    const { failed, leftOver } = await startsOf('fixtures/awkward/leaves-segment', 'segment', { isolation });
    expect(failed).toEqual(well);
    expect(leftOver).toEqual(isolation === 'auto' ? [] : [{ kind: 'shared-memory', name, removed: true }]);
    expect(existsSync(name)).toBe(false);
  });

  test('a file system that has lost its server is told, or gone with its world', async ({ skip }) => {
    if (process.geteuid?.() !== 0) skip('only root mounts without fusermount(1)');
    if (!existsSync('/dev/fuse')) skip('there is no /dev/fuse');
    const lack = isolation === 'auto' ? await whyNotIsolated() : null;
    if (lack !== null) skip(lack);
    const path = join(directory, `served-${isolation}`);
    mkdirSync(path);
    const { failed, leftOver } = await startsOf('suites/programs/serves-files', basename(path), {
      isolation,
    });
    expect(failed).toEqual(well);
    expect(leftOver).toEqual(isolation === 'auto' ? [] : [{ kind: 'mount', name: path, removed: true }]);
    expect(readFileSync('/proc/self/mountinfo', 'latin1')).not.toContain(path);
    rmdirSync(path);
  });
});

test('of two file systems by one name the lower is found as soon as the upper is gone', async ({ skip }) => {
  if (process.geteuid?.() !== 0) skip('only root mounts without fusermount(1)');
  if (!existsSync('/dev/fuse')) skip('there is no /dev/fuse');
  const path = join(directory, 'served-twice');
  mkdirSync(path);
  const leftOvers = new LeftOvers();
  const served = async (): Promise<Launch> => {
    const program = join(packageRoot, 'dist/suites/programs/serves-files.js');
    const spec = {
      image: { kind: 'module', path: program, preload: stepModules },
      argv: [program, path],
      environment: [],
      directory,
      start: startStates.clean,
    } as const;
    const begin = () => checker.launcher.launch(spec, undefined);
    const launch = withoutLeftOver({ ...spec, stopTimeoutMs: 0 }, begin, leftOvers);
    const returned = await launch.until(is('returned', 'lost'), beginDeadlineMs());
    expect(returned).toMatchObject({ exitCode: 0 });
    return launch;
  };
  const lower = await served();
  const upper = await served();
  await lower.end();
  expect(leftOvers.told).toEqual([]);
  await upper.end();
  expect(leftOvers.told).toEqual([{ kind: 'mount', name: path, removed: true }]);
  expect(readFileSync('/proc/self/mountinfo', 'latin1')).not.toContain(path);
  rmdirSync(path);
});
