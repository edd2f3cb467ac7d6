import { describe, expect, test } from 'vitest';
import { profiles } from '../../suites/profiles/index.ts';
import { liveness } from '../../suites/requirements/process/liveness.ts';
import type { Unreadable } from '../facts/process.ts';
import type { ObservedProcess, Run } from '../facts/run.ts';
import { baselineRun, evaluate, failingMusts, holds } from './evaluate.ts';
import type { Setting } from './evaluate-process.ts';
import {
  cleanRun,
  closedRun,
  detachedRun,
  hostileRun,
  rightDaemon,
  rightWorker,
  supervisedRun,
} from './example-run.ts';
import {
  defineDifferentialRequirement,
  defineMomentRequirement,
  defineRequirement,
  defineRunRequirement,
  fail,
  inapplicable,
  inconclusive,
  pass,
  type Requirement,
} from './requirement.ts';

const { sysv, supervised } = profiles;
const launched: Setting = { profile: sysv, policy: sysv.policy, inspected: false };
const inspected: Setting = { ...launched, inspected: true };
const described = {
  area: 'process',
  title: 'It is so',
  failureTitle: 'It is not so',
  why: 'Because',
  remedy: 'Make it so',
  sources: [{ work: 'daemon(7)', at: 'SysV Daemons' }],
  levels: { sysv: 'must', supervised: 'must' },
} as const;

/** Fails for every process whose nice value is not 0. */
const kind = defineRequirement({
  ...described,
  id: 'kind',
  needs: ['nice'],
  check: ({ nice }) => (nice === 0 ? pass : fail({ expected: '0', actual: `${nice}` })),
});
const kindAll = defineRequirement({
  ...described,
  id: 'kind-all',
  of: 'every-survivor',
  needs: ['nice'],
  check: ({ nice }) => (nice === 0 ? pass : fail({ expected: '0', actual: `${nice}` })),
});
const returning = defineRunRequirement({
  ...described,
  id: 'returning',
  check: ({ starter }) =>
    starter.returnedAfterMs === null ? fail({ expected: 'returned', actual: 'stayed' }) : pass,
});

const nice = (process: ObservedProcess, value: number | Unreadable): ObservedProcess => ({
  ...process,
  nice: value,
});
const running = (run: Run, ...processes: ObservedProcess[]): Run => ({ ...run, processes });
const found = (requirement: Requirement, runs: readonly Run[], setting = launched) =>
  evaluate(requirement, runs, [requirement], setting).map(({ start, judgement, process }) => ({
    start,
    judgement,
    pid: process?.pid ?? null,
  }));

describe('a requirement on a process', () => {
  test('is judged for the daemon alone, unless it asks for every survivor', () => {
    const run = running(cleanRun, rightDaemon, nice(rightWorker, 5));
    expect(found(kind, [run])).toEqual([{ start: 'clean', judgement: pass, pid: null }]);
    expect(found(kindAll, [run])).toEqual([
      { start: 'clean', judgement: { outcome: 'fail', expected: '0', actual: '5' }, pid: 303 },
    ]);
  });

  test('sees the facts it needs and no other', () => {
    const seen: unknown[] = [];
    const curious = defineRequirement({
      ...described,
      id: 'curious',
      needs: ['nice', 'session'],
      check: (facts) => {
        seen.push(facts);
        return pass;
      },
    });
    found(curious, [cleanRun]);
    expect(seen).toEqual([{ pid: 302, role: 'daemon', nice: 0, session: 301 }]);
  });

  test('is inapplicable where the system has no such thing', () => {
    const run = running(
      cleanRun,
      nice(rightDaemon, { unreadable: 'there are no nice values here', absent: true }),
    );
    expect(found(kind, [run])).toEqual([
      { start: 'clean', judgement: inapplicable('there are no nice values here'), pid: 302 },
    ]);
  });

  test('is inconclusive while a needed fact is unreadable, and never asked', () => {
    const run = running(cleanRun, nice(rightDaemon, { unreadable: 'ENOSYS from getpriority' }));
    expect(found(kind, [run])).toEqual([
      {
        start: 'clean',
        judgement: inconclusive('nice of process 302 could not be read: ENOSYS from getpriority'),
        pid: 302,
      },
    ]);
  });

  test.each(['EACCES on /proc/302/fd', 'EPERM from getsid', 'not permitted here'])(
    'says who may read it after %s',
    (reason) => {
      const run = running(cleanRun, nice(rightDaemon, { unreadable: reason }));
      expect(found(kind, [run])[0]?.judgement).toEqual({
        outcome: 'inconclusive',
        because: `nice of process 302 could not be read: ${reason}`,
        wouldHelp: 'run as root, or as the user the process runs as',
      });
    },
  );

  test('fails on one process whatever could not be read of another', () => {
    const run = running(cleanRun, nice(rightDaemon, { unreadable: 'EIO' }), nice(rightWorker, 5));
    expect(found(kindAll, [run])[0]).toMatchObject({ judgement: { outcome: 'fail' }, pid: 303 });
  });

  test('is inapplicable where there is no daemon', () => {
    expect(found(kind, [supervisedRun])).toEqual([
      { start: 'supervised', judgement: inapplicable('the program is still in the foreground'), pid: null },
    ]);
    expect(found(kind, [running(cleanRun)])[0]?.judgement).toEqual(inapplicable('no process survived'));
  });

  test('passes by what it judges, whatever it need not judge', () => {
    const daemonOnly = defineRequirement({
      ...described,
      id: 'daemon-only',
      of: 'every-survivor',
      needs: ['nice'],
      check: ({ role }) => (role === 'daemon' ? pass : inapplicable('a worker')),
    });
    expect(found(daemonOnly, [running(cleanRun, rightWorker, rightDaemon)])[0]?.judgement).toEqual(pass);
  });

  test('does not look at what has ended, unless that is what it looks at', () => {
    const ended = { ...nice(rightDaemon, { unreadable: 'EACCES' }), state: 'Z' as const };
    expect(found(kind, [running(cleanRun, ended)])[0]?.judgement).toEqual(
      inapplicable('no process is left to judge'),
    );
    const alive = defineRequirement({
      ...described,
      id: 'alive',
      needs: ['state'],
      check: ({ state }) => (state === 'Z' ? fail({ expected: 'S', actual: 'Z' }) : pass),
    });
    expect(found(alive, [running(cleanRun, ended)])[0]?.judgement.outcome).toBe('fail');
  });

  test('is judged under the starts it names, in the order of the runs', () => {
    const some = defineRequirement({
      ...described,
      id: 'some',
      starts: ['hostile', 'closed'],
      needs: [],
      check: () => pass,
    });
    expect(found(some, [closedRun, cleanRun, hostileRun]).map(({ start }) => start)).toEqual([
      'closed',
      'hostile',
    ]);
    expect(found(kind, [cleanRun, detachedRun]).map(({ start }) => start)).toEqual(['clean', 'detached']);
  });

  test('is told whether the program is to stay in the foreground', () => {
    const staying = defineRequirement({
      ...described,
      id: 'staying',
      needs: [],
      check: ({ pid }, { foreground }) => (foreground ? pass : fail({ expected: '', actual: `${pid}` })),
    });
    const setting = { ...launched, profile: supervised };
    expect(found(staying, [supervisedRun], setting)[0]?.judgement).toEqual(pass);
    expect(found(staying, [cleanRun])[0]?.judgement).toEqual(fail({ expected: '', actual: '302' }));
  });
});

describe('a launch that was lost', () => {
  const why = 'its stage was killed';
  const lost = (run: Run): Run => ({ ...run, lost: why, daemon: null, processes: [], atReturn: null });
  const unknown = (start: string) => ({
    outcome: 'inconclusive',
    because: `the ${start} start was lost: ${why}`,
    wouldHelp: 'check again: the program had no part in it',
  });
  const one = defineRequirement({
    ...described,
    id: 'one',
    needs: ['nice'],
    check: () => pass,
  });
  const returns = defineRunRequirement({
    ...described,
    id: 'returns',
    check: ({ starter }) => (starter.exitCode === 0 ? pass : fail({ expected: '0', actual: '1' })),
  });
  const differs = defineDifferentialRequirement({
    ...described,
    id: 'differs',
    needs: ['nice'],
    check: () => fail({ expected: '', actual: '' }),
  });
  const judgements = (requirement: Requirement, runs: readonly Run[]) =>
    found(requirement, runs).map(({ judgement }) => judgement);

  test('says nothing about a process or the launch, and takes nothing from the others', () => {
    for (const requirement of [one, returns]) {
      expect(judgements(requirement, [cleanRun, lost(hostileRun)])).toEqual([pass, unknown('hostile')]);
    }
  });

  test('is no baseline, and without another one no probe could be run', () => {
    const captured = { ...cleanRun, start: 'captured' } as const;
    expect(baselineRun([lost(cleanRun), captured], sysv)?.start).toBe('captured');
    expect(judgements(liveness, [lost(cleanRun), hostileRun])).toEqual([unknown('clean')]);
    expect(judgements(liveness, [captured, lost(hostileRun)])).toMatchObject([
      { outcome: 'inapplicable', because: 'it was not probed' },
    ]);
  });

  test('leaves nothing to compare with', () => {
    expect(judgements(differs, [lost(cleanRun), hostileRun])).toEqual([unknown('clean')]);
    expect(judgements(differs, [cleanRun, lost(hostileRun)])).toEqual([unknown('hostile')]);
  });
});

describe('a pass', () => {
  const resting = defineRequirement({
    ...described,
    id: 'resting',
    restsOn: ['nice-value', 'terminal'],
    needs: ['nice'],
    check: ({ nice }) => (nice === 0 ? pass : fail({ expected: '0', actual: `${nice}` })),
  });

  test('means nothing where the start state was not established', () => {
    const established = {
      ...hostileRun.established,
      terminal: { established: false, because: 'no pseudo-terminal' },
    } as const;
    expect(found(resting, [{ ...hostileRun, established }])).toEqual([
      {
        start: 'hostile',
        judgement: {
          outcome: 'inconclusive',
          because: 'the hostile start did not establish terminal: no pseudo-terminal',
          wouldHelp: 'daemon-conformance doctor says what this machine can launch',
        },
        pid: null,
      },
    ]);
  });

  test('means nothing after a hostile start of which no canary told', () => {
    expect(found(resting, [{ ...hostileRun, established: {} }])[0]?.judgement).toMatchObject({
      outcome: 'inconclusive',
      because: 'the hostile start did not establish nice-value: no canary showed it',
    });
  });

  test('does not rest on what another start never sets', () => {
    expect(found(resting, [cleanRun])[0]?.judgement).toEqual(pass);
    expect(found(resting, [hostileRun])[0]?.judgement).toEqual(pass);
  });

  test('is what a start state matters for: a fail stays a fail', () => {
    const run = { ...running(hostileRun, nice(rightDaemon, 5)), established: {} };
    expect(found(resting, [run])[0]?.judgement.outcome).toBe('fail');
  });
});

describe('a difference', () => {
  const compared: unknown[] = [];
  const difference = defineDifferentialRequirement({
    ...described,
    id: 'difference',
    needs: ['nice'],
    check: (hostile, clean) => {
      compared.push([hostile, clean]);
      return clean.some(({ nice }) => nice === hostile.nice) ? pass : fail({ expected: '', actual: '' });
    },
  });

  test('compares the hostile start with the clean one, role by role', () => {
    compared.length = 0;
    const clean = running(cleanRun, rightDaemon, nice(rightWorker, 3), nice({ ...rightWorker, pid: 304 }, 4));
    const hostile = running(hostileRun, rightDaemon, nice(rightWorker, 4));
    expect(found(difference, [clean, hostile])).toEqual([{ start: 'hostile', judgement: pass, pid: null }]);
    expect(compared).toEqual([
      [{ pid: 302, role: 'daemon', nice: 0 }, [{ pid: 302, role: 'daemon', nice: 0 }]],
      [
        { pid: 303, role: 'worker', nice: 4 },
        [
          { pid: 303, role: 'worker', nice: 3 },
          { pid: 304, role: 'worker', nice: 4 },
        ],
      ],
    ]);
  });

  test('names the process that differs', () => {
    const hostile = running(hostileRun, rightDaemon, nice(rightWorker, 4));
    expect(found(difference, [running(cleanRun, rightDaemon, rightWorker), hostile])[0]).toMatchObject({
      judgement: { outcome: 'fail' },
      pid: 303,
    });
  });

  test('compares a process that has no counterpart with all of them', () => {
    const hostile = running(hostileRun, rightDaemon, rightWorker);
    expect(found(difference, [cleanRun, hostile])[0]?.judgement).toEqual(pass);
  });

  test('does not compare with what has ended', () => {
    const ended = { ...nice(rightWorker, { unreadable: 'EACCES' }), state: 'Z' as const };
    const runs = [running(cleanRun, rightDaemon, ended), running(hostileRun, rightDaemon, rightWorker)];
    expect(found(difference, runs)[0]?.judgement).toEqual(pass);
    const vanished = [running(cleanRun, rightDaemon), running(hostileRun, rightDaemon, ended)];
    expect(found(difference, vanished)[0]?.judgement).toEqual(pass);
  });

  test('is of the daemon alone where it says so', () => {
    const ofDaemon = defineDifferentialRequirement({
      ...described,
      id: 'of-daemon',
      of: 'daemon',
      needs: ['nice'],
      check: ({ role }) => (role === 'daemon' ? pass : fail({ expected: '', actual: role })),
    });
    const hostile = running(hostileRun, rightDaemon, rightWorker);
    expect(found(ofDaemon, [cleanRun, hostile])[0]?.judgement).toEqual(pass);
  });

  test.each<[string, Run[]]>([
    ['hostile', [cleanRun, running(hostileRun, nice(rightDaemon, { unreadable: 'EIO' }))]],
    ['clean', [running(cleanRun, nice(rightDaemon, { unreadable: 'EIO' })), hostileRun]],
  ])('is inconclusive where a fact could not be read after the %s start', (_, runs) => {
    expect(found(difference, runs)).toEqual([
      { start: 'hostile', judgement: inconclusive('nice of process 302 could not be read: EIO'), pid: 302 },
    ]);
  });

  test('needs both starts', () => {
    expect(found(difference, [hostileRun])).toEqual([
      {
        start: 'hostile',
        judgement: inapplicable(
          'it compares the hostile start with the clean one: --start clean,hostile shows it',
        ),
        pid: null,
      },
    ]);
    expect(found(difference, [cleanRun])).toEqual([]);
  });

  test('needs a daemon after both', () => {
    expect(found(difference, [running(cleanRun), hostileRun])[0]?.judgement).toEqual(
      inapplicable('after the clean start, no process survived'),
    );
    expect(found(difference, [cleanRun, running(hostileRun)])[0]?.judgement).toEqual(
      inapplicable('after the hostile start, no process survived'),
    );
  });
});

describe('a requirement on a launch', () => {
  const plainSeen = (runs: readonly Run[], profile = sysv): (string | null)[] => {
    const starts: (string | null)[] = [];
    const curious = defineRunRequirement({
      ...described,
      id: 'curious',
      check: (_run, _policy, { plain, foreground }) => {
        starts.push(`${plain?.start ?? 'none'}${foreground ? ' in the foreground' : ''}`);
        return pass;
      },
    });
    evaluate(curious, runs, [curious], { ...launched, profile });
    return starts;
  };

  test('is judged whether or not there is a daemon', () => {
    expect(found(returning, [supervisedRun])[0]?.judgement.outcome).toBe('fail');
    expect(found(returning, [running(cleanRun)])[0]?.judgement).toEqual(pass);
  });

  test('may compare with the plainest start there was', () => {
    const captured = { ...detachedRun, start: 'captured' as const };
    expect(plainSeen([hostileRun])).toEqual(['none']);
    expect(plainSeen([captured])).toEqual(['captured']);
    expect(plainSeen([captured, supervisedRun])).toEqual(['supervised', 'supervised']);
    expect(plainSeen([hostileRun, captured, cleanRun])).toEqual(['clean', 'clean', 'clean']);
    expect(plainSeen([supervisedRun], supervised)).toEqual(['supervised in the foreground']);
  });
});

describe('a requirement on a moment', () => {
  const moment = (which: 'at-return' | 'later') =>
    defineMomentRequirement({
      ...described,
      id: which,
      moment: which,
      check: (failing) => (failing.length === 0 ? pass : fail({ expected: '', actual: failing.join(' ') })),
    });
  const judgement = (which: 'at-return' | 'later', run: Run, setting = launched) => {
    const requirement = moment(which);
    return evaluate(requirement, [run], [requirement, kind, kindAll, returning], setting)[0]?.judgement;
  };

  test('hears what failed at that moment and does not fail now', () => {
    const bad = nice(rightDaemon, 5);
    const failing = fail({ expected: '', actual: 'kind kind-all' });
    expect(judgement('at-return', { ...cleanRun, atReturn: [bad], later: [rightDaemon] })).toEqual(failing);
    expect(judgement('later', { ...cleanRun, atReturn: [rightDaemon], later: [bad] })).toEqual(failing);
    expect(judgement('later', { ...running(cleanRun, bad), later: [bad] })).toEqual(pass);
    expect(judgement('later', { ...cleanRun, later: [rightDaemon, nice(rightWorker, 5)] })).toEqual(
      fail({ expected: '', actual: 'kind-all' }),
    );
  });

  test('is of the process that became the daemon', () => {
    const other = nice({ ...rightDaemon, pid: 301 }, 5);
    const notYet = { ...rightDaemon, role: 'worker' as const };
    expect(judgement('at-return', { ...cleanRun, atReturn: [other, notYet] })).toEqual(
      fail({ expected: '', actual: 'kind-all' }),
    );
  });

  test('hears of musts alone', () => {
    const should = { ...kind, id: 'should', levels: { sysv: 'should' } } as Requirement;
    const later = moment('later');
    const run = { ...cleanRun, later: [nice(rightDaemon, 5)] };
    expect(evaluate(later, [run], [later, should], launched)[0]?.judgement).toEqual(pass);
  });

  test('is inapplicable where there is no daemon', () => {
    expect(judgement('later', supervisedRun)).toEqual(inapplicable('the program is still in the foreground'));
    expect(judgement('later', running(cleanRun))).toEqual(inapplicable('no process survived'));
  });

  test('in the foreground is of the program itself', () => {
    const run = { ...supervisedRun, later: supervisedRun.processes.map((each) => nice(each, 5)) };
    expect(judgement('later', run, { ...launched, profile: supervised })).toEqual(
      fail({ expected: '', actual: 'kind kind-all' }),
    );
  });
});

describe('a process that was found running', () => {
  const because = inapplicable('the process was found running: only a launch shows it');

  test('is judged by what it is', () => {
    expect(found(kind, [running(cleanRun, nice(rightDaemon, 5))], inspected)[0]?.judgement.outcome).toBe(
      'fail',
    );
  });

  test('keeps its role under every profile', () => {
    const setting = { ...inspected, profile: supervised };
    expect(found(kind, [running(cleanRun, nice(rightDaemon, 5))], setting)[0]?.pid).toBe(302);
  });

  test('is not judged by what only a launch shows', () => {
    const ofLaunch = { ...kind, ofLaunch: true } as Requirement;
    const hostileOnly = { ...kind, starts: ['hostile'] } as Requirement;
    const difference = defineDifferentialRequirement({ ...described, id: 'd', needs: [], check: () => pass });
    const later = defineMomentRequirement({ ...described, id: 'm', moment: 'later', check: () => pass });
    for (const requirement of [ofLaunch, hostileOnly, difference, later]) {
      expect(found(requirement, [cleanRun], inspected)).toEqual([
        { start: 'clean', judgement: because, pid: null },
      ]);
    }
    const cleanOnly = { ...kind, starts: ['clean'] } as Requirement;
    expect(found(cleanOnly, [cleanRun], inspected)[0]?.judgement).toEqual(pass);
    expect(found(returning, [cleanRun], inspected)[0]?.judgement).toEqual(pass);
  });
});

describe('failingMusts', () => {
  test('names the must-requirements on processes that fail for these processes', () => {
    const should = { ...kind, id: 'should', levels: { sysv: 'should' } } as Requirement;
    const elsewhere = { ...kind, id: 'elsewhere', starts: ['hostile'] } as Requirement;
    const all = [kind, should, elsewhere, returning, kindAll];
    expect(failingMusts(cleanRun, [nice(rightDaemon, 5)], all, launched)).toEqual(['kind', 'kind-all']);
    expect(failingMusts(cleanRun, [rightDaemon], all, launched)).toEqual([]);
    expect(failingMusts(cleanRun, [], all, launched)).toEqual([]);
  });
});

describe('holds', () => {
  const bad = running(cleanRun, nice(rightDaemon, 5));
  const should = { ...kind, levels: { sysv: 'should' } } as Requirement;

  test('is false while a must-requirement on a process or the launch fails', () => {
    expect(holds(cleanRun, [kind, returning], sysv, sysv.policy)).toBe(true);
    expect(holds(bad, [returning, kind], sysv, sysv.policy)).toBe(false);
    expect(holds(supervisedRun, [returning, kind], sysv, sysv.policy)).toBe(false);
  });

  test('looks at musts alone, and only under this start', () => {
    expect(holds(bad, [should], sysv, sysv.policy)).toBe(true);
    expect(holds(bad, [{ ...kind, starts: ['hostile'] } as Requirement], sysv, sysv.policy)).toBe(true);
  });

  test('does not wait for what cannot be read', () => {
    const unread = running(cleanRun, nice(rightDaemon, { unreadable: 'EACCES' }));
    expect(holds(unread, [kind], sysv, sysv.policy)).toBe(true);
  });

  test('leaves moments alone', () => {
    const never = defineMomentRequirement({
      ...described,
      id: 'never',
      moment: 'later',
      check: () => fail({ expected: '', actual: '' }),
    });
    expect(holds(cleanRun, [never], sysv, sysv.policy)).toBe(true);
  });

  test('looks at differences where there is a clean run to compare with', () => {
    const never = defineDifferentialRequirement({
      ...described,
      id: 'never',
      needs: [],
      check: () => fail({ expected: '', actual: '' }),
    });
    expect(holds(hostileRun, [never], sysv, sysv.policy)).toBe(true);
    expect(holds(hostileRun, [never], sysv, sysv.policy, cleanRun)).toBe(false);
  });

  test('takes the program itself for the daemon of a profile of the foreground', () => {
    const processes = supervisedRun.processes.map((each) => nice(each, 5));
    expect(holds({ ...supervisedRun, processes }, [kind], supervised, supervised.policy)).toBe(false);
    expect(holds(supervisedRun, [kind], supervised, supervised.policy)).toBe(true);
  });
});
