/** What a former launch leaves is in nobody's way, and is said: outside of worlds of their own, where it matters. */

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type CheckRequest, openChecker } from '../../harness/index.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { stepModules } from './step-modules.ts';

const directory = mkdtempSync(join(tmpdir(), 'former-launches-'));
const checker = openChecker();
beforeAll(() => checker.launcher.libc);
afterAll(async () => {
  await checker.close();
  rmSync(directory, { recursive: true });
});

const starts = ['clean', 'hostile', 'captured', 'closed', 'detached'] as const;

async function startsOf(fixture: string, name: string, more: Partial<CheckRequest> = {}) {
  const path = join(packageRoot, `dist/fixtures/${fixture}.js`);
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
  const { failed, leftOver } = await startsOf('recipes/removes-slowly', 'slow.pid', {
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
  const { failed, leftOver } = await startsOf('recipes/removes-slowly', 'cut.pid', { stopTimeoutMs: 1 });
  const name = join(directory, 'cut.pid');
  expect(failed).toEqual(well);
  expect(leftOver).toEqual([{ kind: 'pidfile', name, removed: true }]);
  expect(readdirSync(directory)).toEqual([]);
});

test('a socket that stays since SIGTERM is blocked is told, and found by no other start', async () => {
  const { failed, leftOver } = await startsOf('awkward/leaves-socket', 'left.socket');
  const name = join(directory, 'left.socket');
  expect(failed).toEqual(well);
  expect(leftOver).toEqual([{ kind: 'socket', name, removed: true }]);
  expect(readdirSync(directory)).toEqual([]);
});
