import { describe, expect, test } from 'vitest';
import { profiles } from '../../suites/profiles/index.ts';
import type { Level } from '../facts/result.ts';
import type { Run } from '../facts/run.ts';
import { cleanRun, closedRun, hostileRun, rightDaemon, rightWorker } from './example-run.ts';
import { type Counting, decides, judge, judgeProfiles, verdictOf } from './judge.ts';
import {
  defineDifferentialRequirement,
  defineRequirement,
  defineRunRequirement,
  fail,
  inapplicable,
  inconclusive,
  type Judgement,
  pass,
  type Requirement,
} from './requirement.ts';

const { sysv } = profiles;
const sources = [{ work: 'daemon(7)', at: 'SysV Daemons' }];
const described = {
  area: 'process',
  title: 'It is so',
  failureTitle: 'It is not so',
  why: 'Because',
  remedy: 'Make it so',
  sources,
  levels: { sysv: 'must' },
} as const;
const blank = {
  area: 'process',
  title: 'It is so',
  level: 'must',
  counts: true,
  expectedFailure: null,
  start: null,
  starts: { clean: 'pass' },
  pid: null,
  expected: null,
  actual: null,
  because: null,
  wouldHelp: null,
  evidence: [],
  sources,
  remedy: 'Make it so',
};

const kind = defineRequirement({
  ...described,
  id: 'kind',
  needs: ['nice', 'session'],
  check: ({ nice }) =>
    nice === 0 ? pass : fail({ expected: '0', actual: `${nice}`, evidence: ['ps -o ni= -p 302'] }),
});
const judged = (runs: readonly Run[], requirements: readonly Requirement[], counting: Counting = 'must') =>
  judge({
    runs,
    requirements,
    profile: sysv,
    policy: sysv.policy,
    counting,
    evidenceOf: ({ pid }, fact) => [`${fact} of ${pid}`],
  });
const nice = (run: Run, value: number): Run => ({ ...run, processes: [{ ...rightDaemon, nice: value }] });
const always = (id: string, judgement: Judgement, level: Level = 'must') =>
  defineRunRequirement({ ...described, id, levels: { sysv: level }, check: () => judgement });
const failure = fail({ expected: 'a', actual: 'b' });

describe('a result', () => {
  test('of a pass says so and no more', () => {
    expect(judged([cleanRun], [kind]).results).toEqual([{ ...blank, id: 'kind', outcome: 'pass' }]);
  });

  test('of a fail carries what is wrong, where, and the lines that show it', () => {
    expect(judged([nice(cleanRun, 5)], [kind]).results).toEqual([
      {
        ...blank,
        id: 'kind',
        title: 'It is not so',
        outcome: 'fail',
        starts: { clean: 'fail' },
        pid: 302,
        expected: '0',
        actual: '5',
        evidence: ['nice of 302', 'session of 302', 'ps -o ni= -p 302'],
      },
    ]);
  });

  test('names the start that decided, unless all agree', () => {
    const mixed = judged([cleanRun, nice(hostileRun, 5), nice(closedRun, 6)], [kind]).results[0];
    expect(mixed).toMatchObject({
      outcome: 'fail',
      start: 'hostile',
      actual: '5',
      starts: { clean: 'pass', hostile: 'fail', closed: 'fail' },
    });
    expect(judged([nice(cleanRun, 5), nice(hostileRun, 5)], [kind]).results[0]).toMatchObject({
      start: null,
    });
    const hostileOnly = { ...kind, starts: ['hostile'] } as Requirement;
    expect(judged([cleanRun, hostileRun], [hostileOnly]).results[0]).toMatchObject({
      outcome: 'pass',
      start: 'hostile',
      starts: { hostile: 'pass' },
    });
  });

  test('takes the worst of several runs from one start', () => {
    expect(judged([cleanRun, nice(cleanRun, 5), cleanRun], [kind]).results[0]).toMatchObject({
      outcome: 'fail',
      start: 'clean',
      starts: { clean: 'fail' },
    });
  });

  test.each<[Judgement, Judgement, string]>([
    [failure, inconclusive('unread'), 'fail'],
    [inconclusive('unread'), pass, 'inconclusive'],
    [pass, inapplicable('none'), 'pass'],
    [inapplicable('none'), inapplicable('none'), 'inapplicable'],
  ])('weighs %o over %o', (worse, better, outcome) => {
    const byStart = defineRunRequirement({
      ...described,
      id: 'by-start',
      check: ({ start }) => (start === 'clean' ? better : worse),
    });
    expect(judged([cleanRun, hostileRun], [byStart]).results[0]).toMatchObject({ outcome });
    expect(judged([hostileRun, cleanRun], [byStart]).results[0]).toMatchObject({ outcome });
  });

  test('of what could not be judged says why and what would help', () => {
    const unread = {
      ...cleanRun,
      processes: [{ ...rightDaemon, nice: { unreadable: 'EACCES on /proc/302/stat' } }],
    };
    expect(judged([unread], [kind]).results[0]).toEqual({
      ...blank,
      id: 'kind',
      outcome: 'inconclusive',
      starts: { clean: 'inconclusive' },
      pid: 302,
      because: 'nice of process 302 could not be read: EACCES on /proc/302/stat',
      wouldHelp: 'run as root, or as the user the process runs as',
    });
    expect(judged([cleanRun], [always('unread', inconclusive('unread'))]).results[0]).toMatchObject({
      because: 'unread',
      wouldHelp: null,
    });
  });

  test('of what the profile does not ask for is inapplicable', () => {
    const elsewhere = { ...kind, levels: { pep3143: 'must' } } as Requirement;
    expect(judged([nice(cleanRun, 5)], [elsewhere]).results).toEqual([
      {
        ...blank,
        id: 'kind',
        level: null,
        counts: false,
        outcome: 'inapplicable',
        starts: {},
        because: 'the sysv profile does not ask for it',
      },
    ]);
  });

  test('of what no launch showed names the start that would', () => {
    const hostileOnly = { ...kind, starts: ['hostile', 'closed'] } as Requirement;
    const difference = defineDifferentialRequirement({ ...described, id: 'd', needs: [], check: () => pass });
    expect(judged([cleanRun], [hostileOnly, difference]).results).toMatchObject([
      {
        outcome: 'inapplicable',
        because: 'no start it is judged under was asked for: --start hostile or closed shows it',
      },
      {
        outcome: 'inapplicable',
        because: 'it compares the hostile start with the clean one: --start clean,hostile shows it',
      },
    ]);
    expect(judged([], [kind]).results[0]).toMatchObject({
      because: 'no start it is judged under was asked for: --start clean shows it',
    });
  });

  test('on a launch has the evidence of the processes that show it', () => {
    const shown = always(
      'shown',
      fail({
        expected: 'one',
        actual: 'two',
        shownBy: [
          { pid: 303, facts: ['parent', 'state'] },
          { pid: 999, facts: ['parent'] },
        ],
      }),
    );
    const run = { ...cleanRun, processes: [rightDaemon, rightWorker] };
    expect(judged([run], [shown]).results[0]).toMatchObject({
      pid: null,
      evidence: ['parent of 303', 'state of 303'],
    });
  });

  test('of a process that was found running knows nothing of a launch', () => {
    const inspection = (requirement: Requirement) =>
      judge({
        runs: [cleanRun],
        requirements: [requirement],
        profile: sysv,
        policy: sysv.policy,
        counting: 'must',
        inspected: true,
        evidenceOf: () => [],
      }).results[0];
    expect(inspection(kind)).toMatchObject({ outcome: 'pass' });
    expect(inspection({ ...kind, ofLaunch: true } as Requirement)).toMatchObject({
      outcome: 'inapplicable',
      because: 'the process was found running: only a launch shows it',
    });
  });
});

test('the summary counts every outcome', () => {
  const requirements = [
    always('a', pass),
    always('b', pass, 'may'),
    always('c', failure),
    always('d', inconclusive('unread')),
    always('e', inapplicable('none')),
    always('f', inapplicable('none')),
  ];
  expect(judged([cleanRun], requirements).summary).toEqual({
    pass: 2,
    fail: 1,
    inconclusive: 1,
    inapplicable: 2,
  });
});

describe('the verdict', () => {
  const verdict = (counting: Counting, ...requirements: Requirement[]) =>
    judged([cleanRun], requirements, counting).verdict;

  test('is by what counts: every level down to the one that is asked for', () => {
    expect(verdict('must', always('a', pass), always('b', failure, 'should'))).toBe('conforms');
    expect(verdict('should', always('a', pass), always('b', failure, 'should'))).toBe('does-not-conform');
    expect(verdict('should', always('a', pass), always('b', failure, 'may'))).toBe('conforms');
    expect(verdict('may', always('a', pass), always('b', failure, 'may'))).toBe('does-not-conform');
    expect(decides(null, 'may')).toBe(false);
    expect(decides(null, 'named')).toBe(false);
    expect(decides('may', 'named')).toBe(true);
  });

  test('is that it does not conform where one fails, whatever was not judged', () => {
    expect(verdict('must', always('a', inconclusive('unread')), always('b', failure))).toBe(
      'does-not-conform',
    );
  });

  test('is that it was not judged where one is inconclusive', () => {
    expect(verdict('must', always('a', pass), always('b', inconclusive('unread')))).toBe('not-judged');
    expect(verdict('must', always('a', pass), always('b', inconclusive('unread'), 'should'))).toBe(
      'conforms',
    );
  });

  test('is that nothing applies where nothing that counts was judged', () => {
    expect(verdict('must', always('a', inapplicable('none')), always('b', pass, 'may'))).toBe(
      'not-applicable',
    );
    expect(verdictOf([], 'must')).toBe('not-applicable');
  });
});

describe('the verdict under every profile', () => {
  const masked = defineRequirement({
    ...described,
    id: 'masked',
    levels: { sysv: 'must', 'daemon3-glibc': 'must', apue: 'should' },
    needs: ['nice'],
    check: ({ nice }, { policy }) => {
      if (policy.nice === nice) return pass;
      return policy.fileModeCreationMask.kind === 'exact' ? failure : inconclusive('unread');
    },
  });
  const under = (declared: { readonly nice?: number }, counting: Counting = 'must') =>
    judgeProfiles({ runs: [cleanRun], requirements: [masked], profiles, declared, counting });

  test('is by its own policy and levels', () => {
    const none = { verdict: 'not-applicable', failed: [], inconclusive: [] };
    expect(under({})).toEqual({
      sysv: { verdict: 'does-not-conform', failed: ['masked'], inconclusive: [] },
      'daemon3-bsd': none,
      'daemon3-glibc': { verdict: 'not-judged', failed: [], inconclusive: ['masked'] },
      apue: none,
      pep3143: none,
      classic: none,
      supervised: none,
    });
    expect(under({}, 'should').apue).toEqual({ verdict: 'not-judged', failed: [], inconclusive: ['masked'] });
  });

  test('carries over what the program declares of itself', () => {
    expect(under({ nice: 0 }).sysv).toEqual({ verdict: 'conforms', failed: [], inconclusive: [] });
  });
});
