import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { requirements } from '../../suites/requirements/index.ts';
import { openWorkshop } from '../check.ts';
import type { Policy } from '../judge/profile.ts';
import { packageRoot } from '../package-root.ts';

const directory = mkdtempSync(join(tmpdir(), 'probes-'));
const workshop = openWorkshop();
afterAll(async () => {
  await workshop.close();
  rmSync(directory, { recursive: true, force: true });
});

const behaviour = requirements
  .filter(({ id, kind }) => kind === 'probe' || id === 'worker-descriptors')
  .map(({ id }) => id);

const compiled = (path: string): string => join(packageRoot, 'dist/fixtures', `${path}.js`);

/** Ids of the requirements on behaviour that the fixture fails. */
async function failuresOf(name: string, overrides: Partial<Policy>, repeat: number | null) {
  const path = compiled(name);
  const { results } = await workshop.check({
    profile: 'sysv',
    overrides,
    only: behaviour,
    skip: [],
    strict: false,
    expectedFailures: {},
    argv: [path],
    path,
    image: { kind: 'module', path, preload: [compiled('steps'), compiled('behaviour-steps')] },
    cwd: directory,
    env: { PATH: '/usr/bin:/bin' },
    starts: ['clean', 'hostile'],
    timeoutMs: 5_000,
    keep: false,
    probing: { quick: repeat === null, repeat },
  });
  return results.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);
}

test.each<[string, readonly string[]]>([
  ['recipes/sysv', []],
  ['recipes/own-priority', []],
  ['defects/watches-terminal', ['logout', 'output-after-hangup', 'terminal-hangup']],
  ['defects/copies-captured-output', ['captured-output']],
  ['defects/speaks-too-late', ['terminal-output']],
  ['defects/speaks-before-detaching', ['background-start']],
  ['defects/refuses-termination', ['termination', 'termination-after-hostile-start']],
  ['defects/fails-at-termination', ['termination-status']],
  ['defects/leaves-workers', ['termination-survivors']],
  ['defects/ends-at-reload', []],
  ['defects/keeps-low-descriptors', ['inherited-lock', 'inherited-pipe']],
  ['defects/keeps-signal-mask', ['termination-after-hostile-start']],
  ['defects/stays-in-process-group', ['keyboard-signals', 'logout', 'session-sighup']],
  ['defects/hands-on-descriptors', ['worker-descriptors', 'termination-survivors']],
])('%s fails %j', async (name, ids) => {
  expect((await failuresOf(name, {}, null)).sort()).toEqual([...ids].sort());
});

test.each<[string, readonly string[]]>([
  ['defects/ends-at-reload', ['sighup-reload']],
  ['defects/speaks-to-broken-pipe', ['captured-output', 'output-after-hangup']],
])('%s, declared to reload on SIGHUP, fails %j', async (name, ids) => {
  expect((await failuresOf(name, { reload: true }, null)).sort()).toEqual([...ids].sort());
});

test.each<[string, readonly string[]]>([
  ['recipes/sysv', []],
  ['defects/races-with-hangup', ['leader-start']],
  ['defects/goes-on-without-starter', ['startup-termination']],
])('%s, launched twenty times, fails %j', async (name, ids) => {
  expect((await failuresOf(name, {}, 20)).sort()).toEqual([...ids].sort());
});
