import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Level } from '../../harness/facts/result.ts';
import type { ObservedProcess, Run } from '../../harness/facts/run.ts';
import { evaluate } from '../../harness/judge/evaluate.ts';
import {
  cleanRun,
  closedRun,
  detachedRun,
  hostileRun,
  rightDaemon,
  supervisedRun,
} from '../../harness/judge/example-run.ts';
import { judge } from '../../harness/judge/judge.ts';
import { type Profile, profileNames } from '../../harness/judge/profile.ts';
import { profiles } from '../profiles/index.ts';
import { type RequirementId, requirementIds, requirements } from './index.ts';
import { requirementFiles } from './write-index.ts';

const letters: Readonly<Record<Level, string>> = { must: 'R', should: 'S', may: 'O' };

/** Level by profile, in the order sysv, daemon3-bsd, daemon3-glibc, apue, pep3143, classic, supervised. */
const levels: Readonly<Record<RequirementId, string>> = {
  foreground: '- - - - - - R',
  'ignored-sigchld-start': 'R S S S S S -',
  'lingering-intermediate': 'R R R R R R -',
  'parent-process': 'R R R R R R -',
  'ready-at-return': 'S O O O O O -',
  'run-state': 'R R R R R R R',
  stability: 'S S S S S S S',
  liveness: 'S S S S S S S',
  'starter-exit-status': 'R R R R R R -',
  'starter-return': 'R R R R R R -',
  'surviving-processes': 'R R R R R R R',
  watchdog: '- - - - - - O',
  'zombie-children': 'R R R R R R R',
  'detached-start': 'R R R R R R R',
  'kept-session': '- - - - - - R',
  'launch-session': 'R R R R R R -',
  'process-group': 'R R R R R R -',
  session: 'R R R R R R -',
  'session-leader': 'R O O S R R O',
  'leader-start': 'R R S S S R -',
  'controlling-terminal': 'R R R R R R R',
  'foreground-process-group': 'R R R R R R R',
  'terminal-descriptors': 'R R R R R R S',
  'background-start': 'S S S S R R -',
  'keyboard-signals': 'R R R R R R -',
  logout: 'R R R R R R -',
  'output-after-hangup': 'R R R R R R R',
  'session-sighup': 'R R R R R R -',
  'terminal-acquisition': 'R S S R R R S',
  'terminal-hangup': 'R R R R R R -',
  'terminal-output': 'S O O S S S -',
  'file-mode-creation-mask': 'R R R S R R O',
  'inherited-file-mode-creation-mask': 'R - - R R R -',
  'root-directory': 'O O O O R O O',
  'working-directory': 'R R R S R R O',
  'created-file-modes': 'R R R R R S R',
  'foreground-parity': 'S S S S S S -',
  'pinned-filesystem': 'R S S R R R S',
  'unreachable-directory': 'R S S R R S -',
  'closed-standard-streams': 'R S S R R S S',
  'inherited-descriptors': 'R O O R R R -',
  'inherited-descriptors-above-limit': 'R O O S R S -',
  'kept-standard-streams': '- - - - - - R',
  'standard-streams': 'R R R R R R R',
  'captured-output': 'R R R R R R -',
  'descriptor-limit-cost': 'S - - S S S -',
  'inherited-lock': 'R O O R R R -',
  'inherited-pipe': 'R S S R R R -',
  'worker-descriptors': 'S S S S S O S',
  'ignored-sigchld': 'R O O S S O S',
  'ignored-signals': 'R O O S S S S',
  'ignored-sigpipe': 'R O O S S O S',
  'job-control-dispositions': 'S O O O R R S',
  'pending-signals': 'R R R R R R O',
  'sighup-disposition': 'S O O O O S S',
  'signal-mask': 'R O O S S S S',
  'armed-alarm': 'R R R R R R O',
  environment: 'S O O O O O O',
  'empty-environment': 'S S S S S S S',
  'nice-value': 'O O O O O O -',
  'oom-score-adjustment': 'O O O O O O O',
  'resource-limits': 'O O O O R S -',
  capabilities: 'S - - - S - O',
  'supplementary-groups': 'R O O O R O O',
  'user-ids': 'R O O O R O O',
  'concurrent-start': 'R S S R S - -',
  'partial-pidfile': 'S S S S S - -',
  pidfile: 'R S S S R - -',
  'pidfile-mode': 'R R R R R - -',
  'planted-pidfile': 'R S S S S - -',
  readiness: 'R O O O O O -',
  'readiness-notification': '- - - - - - R',
  'second-start': 'R S S R R - -',
  'stale-pidfile': 'R S S S R - -',
  'start-failure': 'R R R R R R -',
  'sighup-reload': 'S O O S O S S',
  'startup-termination': 'S S S S S S S',
  'stop-notification': '- - - - - - O',
  termination: 'R R R R R R R',
  'termination-after-hostile-start': 'R O O S S S S',
  'termination-leftovers': 'S S S S R O -',
  'termination-status': 'S O O O S S R',
  'termination-survivors': 'R R R R R R R',
};

test.each(requirements.map((each) => [each.id, each] as const))('%s is written in full', (id, each) => {
  for (const text of [each.title, each.failureTitle, each.why, each.remedy]) expect(text).toMatch(/\S/);
  expect(each.failureTitle).not.toBe(each.title);
  expect(each.sources).not.toEqual([]);
  expect(each.starts).not.toEqual([]);
  const written = profileNames.map((name) => {
    const level = each.levels[name];
    return level === undefined ? '-' : letters[level];
  });
  expect(written.join(' ')).toBe(levels[id as RequirementId]);
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

test('a requirement is judged under every start, or under those it names', () => {
  const named = requirements.flatMap(({ id, starts }) =>
    starts === undefined ? [] : [[id, starts.join(' ')]],
  );
  expect(Object.fromEntries(named)).toEqual({
    'ignored-sigchld-start': 'hostile',
    'starter-exit-status': 'clean hostile leader captured supervised',
    'starter-return': 'clean hostile leader captured supervised',
    'surviving-processes': 'clean hostile captured supervised',
    'detached-start': 'detached',
    'process-group': 'clean hostile leader captured closed supervised',
    session: 'clean hostile leader captured closed supervised',
    'closed-standard-streams': 'closed',
    'inherited-descriptors': 'hostile',
    'inherited-descriptors-above-limit': 'hostile',
    'kept-standard-streams': 'captured supervised',
    'standard-streams': 'clean hostile leader captured detached supervised',
    environment: 'hostile',
    'nice-value': 'hostile',
    'oom-score-adjustment': 'hostile',
  });
});

test('a pass rests on what the start state had to establish', () => {
  const resting = requirements.flatMap(({ id, restsOn }) =>
    restsOn === undefined ? [] : [[id, restsOn.join(' ')]],
  );
  expect(Object.fromEntries(resting)).toEqual({
    'ignored-sigchld-start': 'ignored-signals',
    'controlling-terminal': 'terminal',
    'foreground-process-group': 'terminal',
    'file-mode-creation-mask': 'file-mode-creation-mask',
    'inherited-file-mode-creation-mask': 'file-mode-creation-mask',
    'working-directory': 'working-directory',
    'closed-standard-streams': 'standard-streams',
    'inherited-descriptors': 'planted-descriptors',
    'inherited-descriptors-above-limit': 'planted-descriptors soft-descriptor-limit',
    'kept-standard-streams': 'standard-streams',
    'standard-streams': 'standard-streams',
    'ignored-sigchld': 'ignored-signals',
    'ignored-signals': 'ignored-signals',
    'ignored-sigpipe': 'ignored-signals',
    'signal-mask': 'blocked-signals',
    environment: 'environment-marker',
    'nice-value': 'nice-value',
    'oom-score-adjustment': 'oom-score-adjustment',
  });
});

test('a process that was found running is judged by what it is', () => {
  const judged = requirements.filter((each) => {
    const setting = { profile: profiles.sysv, policy: profiles.sysv.policy, inspected: true };
    const [found] = evaluate(each, [cleanRun], requirements, setting);
    return found?.judgement.outcome === 'pass';
  });
  expect(judged.map(({ id }) => id)).toEqual([
    'parent-process',
    'run-state',
    'zombie-children',
    'session-leader',
    'controlling-terminal',
    'foreground-process-group',
    'terminal-descriptors',
    'file-mode-creation-mask',
    'working-directory',
    'standard-streams',
    'job-control-dispositions',
    'pending-signals',
    'sighup-disposition',
    'capabilities',
  ]);
});

describe('a right daemon', () => {
  const judged = (profile: Profile, runs: readonly Run[]) => {
    const { results, verdict } = judge({
      runs,
      requirements,
      profile,
      policy: profile.policy,
      counting: 'must',
      evidenceOf: () => [],
    });
    const ids = (outcome: string) =>
      results.filter((each) => each.outcome === outcome).map(({ id, level }) => `${level} ${id}`);
    return { verdict, failed: ids('fail'), inconclusive: ids('inconclusive'), passed: ids('pass').length };
  };
  const become = (change: Partial<ObservedProcess>) =>
    [cleanRun, hostileRun, closedRun, detachedRun].map((run) => {
      const processes = [{ ...rightDaemon, ...change }];
      return { ...run, processes, atReturn: processes };
    });
  const signals = (ignored: readonly string[]) => ({ blocked: [], ignored, caught: [], pending: [] });

  test('of daemon(7) conforms to it and fails nothing', () => {
    expect(judged(profiles.sysv, become({}))).toEqual({
      verdict: 'conforms',
      failed: [],
      inconclusive: [],
      passed: 37,
    });
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
