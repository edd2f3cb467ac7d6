import { expect, test } from 'vitest';
import { cleanRun, rightDaemon } from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { hostile, ignoring, testInheritedIgnore } from '../inherited-ignore-cases.ts';
import { judgementOf } from '../judgement-of.ts';
import { ignoredSignals } from './ignored-signals.ts';

const { sysv } = profiles;
const found = {
  outcome: 'fail',
  expected: 'the same signals are ignored as after the clean start',
  actual: 'ignores SIGUSR1',
};

testInheritedIgnore(ignoredSignals, 'SIGUSR1', 'SIGCHLD', found);

test.each(['SIGINT', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGALRM', 'SIGTERM'])('%s counts', (signal) => {
  expect(judgementOf(ignoredSignals, [cleanRun, hostile(ignoring(rightDaemon, signal))], sysv)).toEqual({
    ...found,
    actual: `ignores ${signal}`,
  });
});

test.each(['SIGCHLD', 'SIGPIPE', 'SIGTTIN', 'SIGHUP'])('%s has a requirement of its own', (signal) => {
  expect(judgementOf(ignoredSignals, [cleanRun, hostile(ignoring(rightDaemon, signal))], sysv)).toEqual({
    outcome: 'pass',
  });
});
