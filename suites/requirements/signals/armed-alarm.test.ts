import { expect, test } from 'vitest';
import type { Findings } from '../../../harness/facts/finding.ts';
import { judgementOfProbe } from '../judgement-of-probe.ts';
import { armedAlarm } from './armed-alarm.ts';

type Alarm = Findings['armed-alarm'];

const outlived: Alarm = {
  kind: 'alarm',
  alarmMs: 300,
  expiredAfterMs: 304.5,
  start: { ending: 'exit status 0', said: '', left: [{ pid: 302, name: 'exampled' }] },
  daemon: 302,
};

test('a daemon that is there afterwards passes', () => {
  expect(judgementOfProbe(armedAlarm, outlived)).toEqual({ outcome: 'pass' });
});

test.each([
  ['SIGALRM', 302, 'the alarm ended its starter'],
  ['exit status 0', null, 'no daemon: exit status 0'],
])('%s, daemon %j fails', (ending, daemon, actual) => {
  expect(judgementOfProbe(armedAlarm, { ...outlived, start: { ...outlived.start, ending }, daemon })).toEqual(
    {
      outcome: 'fail',
      expected: 'it is there when an alarm of 300 ms has run out',
      actual,
      evidence: ['the alarm had run out 305 ms after the execution'],
    },
  );
});
