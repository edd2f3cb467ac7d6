import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import type { Outcome } from '../../harness/facts/result.ts';
import { openChecker } from '../../harness/index.ts';
import type { Policy } from '../../harness/judge/profile.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { requirements } from '../requirements/index.ts';
import { type Behaviour, behaviours } from './expectations/probed.ts';
import { stepModules } from './step-modules.ts';

/** Each program has a directory of its own below it: they run side by side. */
const directory = mkdtempSync(join(tmpdir(), 'probes-'));
const { slowness } = inject('pace');
const checker = openChecker();
afterAll(async () => {
  await checker.close();
  rmSync(directory, { recursive: true, force: true });
});

const onBehaviour = requirements
  .filter((each) => each.kind === 'probe' || 'decidedBy' in each || each.id === 'worker-descriptors')
  .map(({ id }) => id);

const compiled = (path: string): string => join(packageRoot, 'dist/fixtures', `${path}.js`);

/** What was found of each requirement, by any of the fixtures. */
const outcomes = new Map<string, Set<Outcome>>(onBehaviour.map((id) => [id, new Set()]));

/** Ids of the requirements on behaviour that the fixture fails. */
async function failuresOf(behaviour: Behaviour) {
  const { fixture, profile, declares, pidfile: hasPidfile, creates, repeat, deadlineMs } = behaviour;
  const path = compiled(fixture);
  const own = mkdtempSync(join(directory, 'program-'));
  const pidfile = join(own, 'example.pid');
  const given = behaviour.arguments.map((each) => each.replaceAll('{dir}', own));
  const overrides: Partial<Policy> = {
    ...declares,
    ...(hasPidfile ? { pidfile } : {}),
    ...(creates ? { created: [own] } : {}),
  };
  const { results } = await checker.check({
    profile,
    overrides,
    only: onBehaviour,
    skip: [],
    strict: false,
    expectedFailures: {},
    argv: [path, ...(hasPidfile ? [pidfile] : []), ...given],
    path,
    image: { kind: 'module', path, preload: stepModules },
    cwd: own,
    env: { PATH: '/usr/bin:/bin' },
    starts: profile === 'supervised' ? ['supervised'] : ['clean', 'hostile'],
    timeoutMs: deadlineMs * slowness,
    keep: false,
    probing: { quick: repeat === null, repeat },
  });
  for (const { id, outcome } of results) outcomes.get(id)?.add(outcome);
  return results.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);
}

// As many at a time as vitest.config.mts says: they wait more than they compute.
test.concurrent.for(behaviours)(
  '$fixture as $profile, declaring $declares and launched $repeat times, fails $fails',
  async (behaviour, { skip }) => {
    if (behaviour.needsRoot && process.geteuid?.() !== 0) skip('only root can run it: run as root');
    expect((await failuresOf(behaviour)).sort()).toEqual([...behaviour.fails].sort());
  },
);

describe('every requirement on behaviour catches its defect and passes what has none', () => {
  test.for(onBehaviour)('%s', (id, { skip }) => {
    expect(behaviours.filter(({ fails }) => fails.some((each) => each === id))).not.toEqual([]);
    const found = outcomes.get(id) ?? new Set();
    // Without the means to judge it here there is neither.
    if (!found.has('pass') && found.has('inconclusive')) skip('it can be judged for none of them here');
    expect([...found]).toContain('pass');
    expect([...found]).toContain('fail');
  });
});
