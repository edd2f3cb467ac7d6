import { expect, test } from 'vitest';
import { hungUp, judgementOfProbe, survived } from '../judgement-of-probe.ts';
import { leaderStart } from './leader-start.ts';

test('a daemon that survived every start passes', () => {
  expect(judgementOfProbe(leaderStart, { ...survived, attempts: 60, survived: 60 })).toEqual({
    outcome: 'pass',
  });
});

test('one start in sixty that failed is a failure, with the rate and its interval', () => {
  const endings = [{ how: 'SIGHUP', count: 1 }];
  expect(judgementOfProbe(leaderStart, { ...hungUp, attempts: 60, survived: 59, endings })).toEqual({
    outcome: 'fail',
    expected: 'the daemon is still there after its starter, the session leader, has returned',
    actual: '59 of 60 (95 % interval 91 to 100 %); otherwise SIGHUP once',
    evidence: ['wait status of process 302: killed by SIGHUP'],
  });
});

const held = { pid: 302, parent: 301, fromMs: 2.5, untilMs: 8, because: 'the starter returned' };
const lost = {
  order: 'child-last',
  held: [held],
  heldAtReturn: [{ pid: 302, ran: false }],
  starter: 'exit status 0',
  daemon: 302,
  ending: 'SIGHUP',
  decidedBy: 'ended',
  afterMs: 1,
  evidence: ['wait status of process 302: SIGHUP'],
} as const;
const kept = { ...lost, ending: null, decidedBy: 'nothing pending', evidence: [] } as const;

test('one start in which nobody waits for the daemon is a failure, whatever others would show', () => {
  const sampled = { attempts: 20, survived: 19 };
  expect(judgementOfProbe(leaderStart, { kind: 'scheduled-starts', starts: [lost], sampled })).toEqual({
    outcome: 'fail',
    expected: 'the daemon is still there after its starter, the session leader, has returned',
    actual:
      'the starter returned while process 302, which became the daemon, had not run one instruction; SIGHUP from the end of the session ended it',
    evidence: [
      'wait status of process 302: SIGHUP',
      'as starts fall, it survived 19 of 20 (95 % interval 76 to 100 %)',
    ],
  });
});

test('a daemon that survives with children last and first passes, and one that does not with both fails', () => {
  const first = { ...kept, order: 'child-first', heldAtReturn: [] } as const;
  const found = { kind: 'scheduled-starts', starts: [kept, first], sampled: null } as const;
  expect(judgementOfProbe(leaderStart, found)).toEqual({ outcome: 'pass' });
  const early = { ...first, starter: 'SIGUSR1', ending: 'SIGUSR1', daemon: null } as const;
  expect(judgementOfProbe(leaderStart, { ...found, starts: [kept, early] })).toMatchObject({
    outcome: 'fail',
    actual:
      'a child that runs before its parent goes on is not: the starter ended (SIGUSR1), and nothing is left: SIGUSR1',
  });
});
