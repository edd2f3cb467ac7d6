import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openChecker } from '../../harness/check/checker.ts';
import type { Outcome } from '../../harness/facts/result.ts';
import type { Policy } from '../../harness/judge/profile.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { requirements } from '../requirements/index.ts';
import { type Behaviour, behaviours } from './expectations/probed.ts';
import { stepModules } from './step-modules.ts';

const directory = mkdtempSync(join(tmpdir(), 'probes-'));
const checker = openChecker();
afterAll(async () => {
  await checker.close();
  rmSync(directory, { recursive: true, force: true });
});

const behaviour = requirements
  .filter(({ id, kind }) => kind === 'probe' || id === 'worker-descriptors')
  .map(({ id }) => id);

const compiled = (path: string): string => join(packageRoot, 'dist/fixtures', `${path}.js`);

/** What was found of each requirement, by any of the fixtures. */
const outcomes = new Map<string, Set<Outcome>>(behaviour.map((id) => [id, new Set()]));

/** Ids of the requirements on behaviour that the fixture fails. */
async function failuresOf({ fixture, profile, declares, pidfile: hasPidfile, creates, repeat }: Behaviour) {
  const path = compiled(fixture);
  const pidfile = join(directory, `${basename(fixture)}.pid`);
  const overrides: Partial<Policy> = {
    ...declares,
    ...(hasPidfile ? { pidfile } : {}),
    ...(creates ? { created: [directory] } : {}),
  };
  const { results } = await checker.check({
    profile,
    overrides,
    only: behaviour,
    skip: [],
    strict: false,
    expectedFailures: {},
    argv: hasPidfile ? [path, pidfile] : [path],
    path,
    image: { kind: 'module', path, preload: stepModules },
    cwd: directory,
    env: { PATH: '/usr/bin:/bin' },
    starts: profile === 'supervised' ? ['supervised'] : ['clean', 'hostile'],
    timeoutMs: 5_000,
    keep: false,
    probing: { quick: repeat === null, repeat },
  });
  for (const { id, outcome } of results) outcomes.get(id)?.add(outcome);
  return results.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);
}

test.each(behaviours)(
  '$fixture as $profile, declaring $declares and launched $repeat times, fails $fails',
  async (behaviour) => {
    expect((await failuresOf(behaviour)).sort()).toEqual([...behaviour.fails].sort());
  },
);

describe('every requirement on behaviour catches its defect and passes what has none', () => {
  test.for(behaviour)('%s', (id, { skip }) => {
    expect(behaviours.filter(({ fails }) => fails.some((each) => each === id))).not.toEqual([]);
    const found = outcomes.get(id) ?? new Set();
    // Without the means to judge it here there is neither.
    if (!found.has('pass') && found.has('inconclusive')) skip('it can be judged for none of them here');
    expect([...found]).toContain('pass');
    expect([...found]).toContain('fail');
  });
});
