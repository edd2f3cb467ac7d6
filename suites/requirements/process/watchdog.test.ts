import { expect, test } from 'vitest';
import type { Findings } from '../../../harness/facts/finding.ts';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { watchdog } from './watchdog.ts';

type Notifications = Findings['notification'];

const told: Notifications = {
  kind: 'notifications',
  declared: true,
  daemon: 402,
  start: [{ from: 402, state: ['READY=1'] }],
  usable: null,
  watchdogMs: 1000,
  longestSilenceMs: null,
  reload: null,
  stop: [{ from: 402, state: ['STOPPING=1'] }],
};

test('what tells nothing and does not declare to is not asked', () => {
  const silent = { ...told, declared: false, start: [], stop: [] };
  expect(judgementOfProbe(watchdog, silent)).toEqual({
    outcome: 'inapplicable',
    because: 'it tells a service manager nothing, and does not declare to: --notify',
  });
});

test('who never feeds a watchdog is not asked', () => {
  expect(judgementOfProbe(watchdog, told)).toEqual({
    outcome: 'inapplicable',
    because: 'it does not feed a watchdog',
  });
});

test('half of the time passes, and a little more; the last moment fails', () => {
  expect(judgementOfProbe(watchdog, { ...told, longestSilenceMs: 530 })).toEqual({ outcome: 'pass' });
  expect(judgementOfProbe(watchdog, { ...told, longestSilenceMs: 900 })).toEqual({
    outcome: 'fail',
    expected: 'WATCHDOG=1 every 500 ms with WATCHDOG_USEC=1000000',
    actual: 'none for 900 ms',
  });
});
