import { expect, test } from 'vitest';
import { cleanRun, rightDaemon } from '../judge/example-run.ts';
import { becameIn } from './settle.ts';

const startedFrom = (workingDirectory: string) => ({
  ...cleanRun,
  processes: [rightDaemon],
  launch: { ...cleanRun.launch, workingDirectory },
});

const daemonIn = (workingDirectory: string) => ({ processes: [{ ...rightDaemon, workingDirectory }] });

test('a daemon becomes the same wherever it is started from: it stays there, or goes to the same directory', () => {
  expect(rightDaemon.workingDirectory).toBe('/');
  const fromElsewhere = becameIn([startedFrom('/home/ann')], '/tmp/other');
  expect(fromElsewhere(daemonIn('/'))).toBe(true);
  expect(fromElsewhere(daemonIn('/tmp/other'))).toBe(false);
});

test('started from where it goes, it shows nothing of whether it goes there or stays', () => {
  const fromThere = becameIn([startedFrom('/')], '/tmp/other');
  expect(fromThere(daemonIn('/'))).toBe(true);
  expect(fromThere(daemonIn('/tmp/other'))).toBe(true);
  expect(fromThere(daemonIn('/home/ann'))).toBe(false);
});
