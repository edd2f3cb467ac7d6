import { expect, test } from 'vitest';
import type { Findings } from '../../../harness/facts/finding.ts';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { stopNotification } from './stop-notification.ts';

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
  expect(judgementOfProbe(stopNotification, silent)).toEqual({
    outcome: 'inapplicable',
    because: 'it tells a service manager nothing, and does not declare to: --notify',
  });
});

test('STOPPING=1 passes, after RELOADING=1 with its time where it reloads', () => {
  expect(judgementOfProbe(stopNotification, told)).toEqual({ outcome: 'pass' });
  const reload = [{ from: 402, state: ['RELOADING=1', 'MONOTONIC_USEC=17'] }];
  expect(judgementOfProbe(stopNotification, { ...told, reload })).toEqual({ outcome: 'pass' });
});

test('no STOPPING=1 fails, and so does a reload that nobody is told of', () => {
  expect(judgementOfProbe(stopNotification, { ...told, stop: [] })).toEqual({
    outcome: 'fail',
    expected: 'STOPPING=1 after SIGTERM',
    actual: 'nothing',
  });
  const reload = [{ from: 402, state: ['RELOADING=1'] }];
  expect(judgementOfProbe(stopNotification, { ...told, reload })).toEqual({
    outcome: 'fail',
    expected: 'RELOADING=1 and MONOTONIC_USEC= after SIGHUP',
    actual: 'RELOADING=1',
  });
});
