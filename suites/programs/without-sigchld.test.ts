import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { openChecker } from '../../harness/index.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { stepModules } from './step-modules.ts';

const checker = openChecker();
afterAll(() => checker.close());

test('what a program inherits is probed although it does not start where SIGCHLD is ignored', async () => {
  const path = join(packageRoot, 'dist/fixtures/defects/needs-child-status.js');
  const { results } = await checker.check({
    profile: 'sysv',
    overrides: {},
    only: ['ignored-sigchld-start', 'inherited-lock', 'inherited-pipe', 'termination-after-hostile-start'],
    skip: [],
    strict: false,
    expectedFailures: {},
    argv: [path],
    path,
    image: { kind: 'module', path, preload: stepModules },
    cwd: tmpdir(),
    env: { PATH: '/usr/bin:/bin' },
    starts: ['clean', 'hostile'],
    timeoutMs: 5_000 * inject('pace').slowness,
    keep: false,
    probing: { quick: true, repeat: null },
  });
  expect(results.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['ignored-sigchld-start', 'fail'],
    ['inherited-lock', 'pass'],
    ['inherited-pipe', 'pass'],
    ['termination-after-hostile-start', 'pass'],
  ]);
});
