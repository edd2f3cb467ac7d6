import { expect, test } from 'vitest';
import type { Findings } from '../../../harness/facts/finding.ts';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { readinessNotification } from './readiness-notification.ts';

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
  expect(judgementOfProbe(readinessNotification, silent)).toEqual({
    outcome: 'inapplicable',
    because: 'it tells a service manager nothing, and does not declare to: --notify',
  });
});

test('READY=1 from the main process passes, with its own MAINPID as well', () => {
  expect(judgementOfProbe(readinessNotification, told)).toEqual({ outcome: 'pass' });
  const named = { ...told, usable: true, start: [{ from: 402, state: ['READY=1', 'MAINPID=402'] }] };
  expect(judgementOfProbe(readinessNotification, named)).toEqual({ outcome: 'pass' });
});

test.each<[string, Partial<Notifications>, string, string]>([
  ['no word', { start: [] }, 'READY=1 from process 402', 'nothing'],
  ['another word', { start: [{ from: 402, state: ['STATUS=x'] }] }, 'READY=1 from process 402', 'STATUS=x'],
  [
    'another process',
    { start: [{ from: 403, state: ['READY=1'] }] },
    'READY=1 from process 402',
    'it came from process 403',
  ],
  [
    'another MAINPID',
    { start: [{ from: 402, state: ['READY=1', 'MAINPID=7'] }] },
    'MAINPID=402',
    'MAINPID=7',
  ],
  [
    'a word that is too early',
    { usable: false },
    'the declared command succeeds from READY=1 on',
    'it failed',
  ],
])('%s fails', (_, found, expected, actual) => {
  expect(judgementOfProbe(readinessNotification, { ...told, ...found })).toEqual({
    outcome: 'fail',
    expected,
    actual,
  });
});
