import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ObservedProcess, Run } from '../../harness/facts/run.ts';
import { canBeInspected, evaluate } from '../../harness/judge/evaluate.ts';
import {
  cleanRun,
  closedRun,
  detachedRun,
  hostileRun,
  rightDaemon,
  rightWorker,
  supervisedRun,
} from '../../harness/judge/example-run.ts';
import { judge } from '../../harness/judge/judge.ts';
import type { Policy, Profile } from '../../harness/judge/profile.ts';
import type { Requirement } from '../../harness/judge/requirement.ts';
import { profiles } from '../profiles/index.ts';
import { type RequirementId, requirementIds, requirements } from './index.ts';
import { requirementFiles } from './write-index.ts';

test.each(requirements.map((each) => [each.id, each] as const))('%s is written in full', (_id, each) => {
  for (const text of [each.title, each.failureTitle, each.why, each.remedy]) expect(text).toMatch(/\S/);
  expect(each.failureTitle).not.toBe(each.title);
  expect(each.sources).not.toEqual([]);
  expect(each.starts).not.toEqual([]);
  expect(Object.keys(each.levels)).not.toEqual([]);
});

test('the list names every requirement once, in the order of its ids', () => {
  expect(requirements.map(({ id }) => id)).toEqual([...requirementIds]);
  expect(new Set(requirementIds).size).toBe(requirementIds.length);
});

test('a requirement lies in the folder of its area', () => {
  const areaOf = new Map(requirements.map(({ id, area }) => [id, area]));
  expect(requirementFiles(__dirname).filter(({ area, id }) => areaOf.get(id) !== area)).toEqual([]);
});

test('a test stands beside every requirement', () => {
  const missing = requirementFiles(__dirname).filter(
    ({ area, id }) => !existsSync(join(__dirname, area, `${id}.test.ts`)),
  );
  expect(missing).toEqual([]);
});

test('what fails with another requirement is a requirement too', () => {
  const implied = requirements.flatMap(({ failsWith }) => (failsWith ?? []).map(({ id }) => id));
  expect(implied.filter((id) => !requirementIds.includes(id as RequirementId))).toEqual([]);
});

const user = { name: 'ann', userId: 1000, groupId: 1000, groups: [1000] };
const counts = ({ levels }: Requirement): boolean => levels.sysv === 'must' || levels.sysv === 'should';

test('of a process that was found running a right one passes all that its page says is judged of it', () => {
  const setting = { profile: profiles.sysv, policy: { ...profiles.sysv.policy, user }, inspected: true };
  const passed = requirements.filter((each) => {
    const [found] = evaluate(each, [cleanRun], requirements, setting);
    return found?.judgement.outcome === 'pass';
  });
  expect(passed.filter(counts)).toEqual(requirements.filter(canBeInspected).filter(counts));
});

describe('a right daemon', () => {
  const judged = (profile: Profile, runs: readonly Run[], declared: Partial<Policy> = {}) => {
    const { results, verdict } = judge({
      runs,
      requirements,
      profile,
      policy: { ...profile.policy, ...declared },
      counting: 'must',
      evidenceOf: () => [],
    });
    const ids = (outcome: string) =>
      results.filter((each) => each.outcome === outcome).map(({ id, level }) => `${level} ${id}`);
    return { verdict, failed: ids('fail'), inconclusive: ids('inconclusive'), passed: ids('pass') };
  };
  const become = (change: Partial<ObservedProcess>) =>
    [cleanRun, hostileRun, closedRun, detachedRun].map((run) => {
      const processes = [{ ...rightDaemon, ...change }];
      return { ...run, processes, atReturn: processes };
    });
  const signals = (ignored: readonly string[]) => ({ blocked: [], ignored, caught: [], pending: [] });

  test('of daemon(7) passes whatever it asks of the state, and fails nothing', () => {
    const runs = become({}).map((run) => {
      const worker = { ...rightWorker, executable: '/usr/bin/worker' };
      const processes = [...run.processes, worker];
      return { ...run, processes, atReturn: processes };
    });
    const { passed, ...others } = judged(profiles.sysv, runs, { user });
    expect(others).toEqual({ verdict: 'conforms', failed: [], inconclusive: [] });
    const asked = requirements.filter((each) => counts(each) && each.kind !== 'probe');
    expect(passed.filter((each) => !each.startsWith('may '))).toEqual(
      asked.map(({ id, levels }) => `${levels.sysv} ${id}`),
    );
  });

  test('of PEP 3143 ignores what the terminal would stop it with', () => {
    const runs = become({ signals: signals(['SIGTSTP', 'SIGTTIN', 'SIGTTOU']) });
    expect(judged(profiles.pep3143, runs)).toMatchObject({
      verdict: 'conforms',
      failed: [],
      inconclusive: [],
    });
    expect(judged(profiles.sysv, runs).failed).toEqual(['should job-control-dispositions']);
  });

  test('of the classic recipe may work in /tmp and ignore SIGHUP and SIGCHLD', () => {
    const ignored = ['SIGHUP', 'SIGCHLD', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'];
    const runs = become({
      workingDirectory: '/tmp',
      threadFacts: [{ tid: 302, blocked: [], fileModeCreationMask: '0000', workingDirectory: '/tmp' }],
      signals: signals(ignored),
    });
    expect(judged(profiles.classic, runs)).toMatchObject({ verdict: 'conforms', failed: [] });
    expect(judged(profiles.sysv, runs)).toMatchObject({
      verdict: 'does-not-conform',
      failed: ['must working-directory', 'should job-control-dispositions', 'should sighup-disposition'],
    });
  });

  test.each(['daemon3-bsd', 'daemon3-glibc'] as const)(
    'of %s leads its session and keeps its mask',
    (name) => {
      const runs = become({ pid: 301, session: 301 }).map((run) => {
        const fileModeCreationMask = run.start === 'hostile' ? '0053' : '0022';
        const processes = run.processes.map((each) => ({ ...each, fileModeCreationMask, threadFacts: [] }));
        return { ...run, daemon: 301, processes, atReturn: processes };
      });
      expect(judged(profiles[name], runs)).toMatchObject({
        verdict: 'conforms',
        failed: [],
        inconclusive: [],
      });
      expect(judged(profiles.sysv, runs)).toMatchObject({
        verdict: 'does-not-conform',
        failed: [
          'must session-leader',
          'must file-mode-creation-mask',
          'must inherited-file-mode-creation-mask',
        ],
      });
    },
  );

  test('of APUE has a mask of its own choice', () => {
    const runs = become({ fileModeCreationMask: '0007', threadFacts: [], signals: signals(['SIGHUP']) });
    expect(judged(profiles.apue, runs)).toMatchObject({ verdict: 'conforms', failed: [], inconclusive: [] });
    expect(judged(profiles.sysv, runs)).toMatchObject({ verdict: 'does-not-conform' });
  });

  test('under a supervisor stays where it is', () => {
    expect(judged(profiles.supervised, [supervisedRun])).toMatchObject({
      verdict: 'conforms',
      failed: [],
      inconclusive: [],
    });
    expect(judged(profiles.sysv, [supervisedRun])).toMatchObject({
      verdict: 'does-not-conform',
      failed: ['must starter-return'],
    });
    expect(judged(profiles.supervised, become({}))).toMatchObject({
      verdict: 'does-not-conform',
      failed: ['must foreground'],
    });
  });
});
