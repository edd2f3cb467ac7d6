import { expect, test } from 'vitest';
import { profiles } from '../../suites/profiles/index.ts';
import { logout as requirement } from '../../suites/requirements/terminal/logout.ts';
import { evaluateProbe } from './evaluate-probe.ts';
import { cleanRun, hostileRun } from './example-run.ts';

if (requirement.kind !== 'probe') throw new Error('it is judged by what a probe found');
const logout = requirement;
const setting = { profile: profiles.sysv, policy: profiles.sysv.policy };

test('what could not be probed is inconclusive, and says what would help', () => {
  const found = { kind: 'unavailable', unavailable: 'no terminal', wouldHelp: 'mount /dev/pts' } as const;
  expect(evaluateProbe(logout, cleanRun, { ...setting, probes: { logout: found } })).toEqual({
    outcome: 'inconclusive',
    because: 'no terminal',
    wouldHelp: 'mount /dev/pts',
  });
  const nothing = { ...found, wouldHelp: null };
  expect(evaluateProbe(logout, cleanRun, { ...setting, probes: { logout: nothing } })).toEqual({
    outcome: 'inconclusive',
    because: 'no terminal',
  });
});

test('what was not probed is inapplicable, and says why', () => {
  const found = { kind: 'not-run', notRun: 'the starter never returned' } as const;
  expect(evaluateProbe(logout, cleanRun, { ...setting, probes: { logout: found } })).toEqual({
    outcome: 'inapplicable',
    because: 'the starter never returned',
  });
  expect(evaluateProbe(logout, cleanRun, { ...setting, probes: {} })).toEqual({
    outcome: 'inapplicable',
    because: 'it was not probed',
  });
});

test('where no daemon is left there was nothing to probe', () => {
  const gone = { ...hostileRun, daemon: null, processes: [] };
  expect(evaluateProbe(logout, gone, setting)).toMatchObject({ outcome: 'inapplicable' });
});
