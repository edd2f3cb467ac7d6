import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openWorkshop } from '../../harness/check.ts';
import type { Policy } from '../../harness/judge/profile.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { requirements } from '../requirements/index.ts';
import { type Behaviour, behaviours } from './expectations/probed.ts';

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
async function failuresOf({ fixture, declares, pidfile: hasPidfile, creates, repeat }: Behaviour) {
  const path = compiled(fixture);
  const pidfile = join(directory, `${basename(fixture)}.pid`);
  const overrides: Partial<Policy> = {
    ...declares,
    ...(hasPidfile ? { pidfile } : {}),
    ...(creates ? { created: [directory] } : {}),
  };
  const { results } = await workshop.check({
    profile: 'sysv',
    overrides,
    only: behaviour,
    skip: [],
    strict: false,
    expectedFailures: {},
    argv: hasPidfile ? [path, pidfile] : [path],
    path,
    image: {
      kind: 'module',
      path,
      preload: [compiled('steps'), compiled('behaviour-steps'), compiled('start-up-steps')],
    },
    cwd: directory,
    env: { PATH: '/usr/bin:/bin' },
    starts: ['clean', 'hostile'],
    timeoutMs: 5_000,
    keep: false,
    probing: { quick: repeat === null, repeat },
  });
  return results.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);
}

test.each(behaviours)(
  '$fixture, declaring $declares and launched $repeat times, fails $fails',
  async (behaviour) => {
    expect((await failuresOf(behaviour)).sort()).toEqual([...behaviour.fails].sort());
  },
);
