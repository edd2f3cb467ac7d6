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
