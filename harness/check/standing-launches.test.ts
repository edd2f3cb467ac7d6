import { tmpdir } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { cleanRun } from '../judge/example-run.ts';
import { type Launch, startLauncher } from '../launch/launcher-client.ts';
import { startStates } from '../launch/start-states.ts';
import { openStandingLaunches } from './standing-launches.ts';

function openLauncher(): () => Launch {
  const launcher = startLauncher();
  onTestFinished(async () => void (await launcher.close()));
  return () =>
    launcher.launch(
      {
        image: { kind: 'execute', path: '/bin/sleep' },
        argv: ['sleep', '1000'],
        environment: [],
        directory: tmpdir(),
        start: startStates.captured,
      },
      undefined,
    );
}

const isOver = ({ events }: Launch): boolean => events.some(({ type }) => type === 'over');

test('a launch is taken once, by who wants its start, wherever that was', async () => {
  const launch = openLauncher()();
  const standing = openStandingLaunches();
  standing.keep(startStates.captured, launch, cleanRun);
  expect(standing.take(startStates.hostile)).toBeNull();
  expect(standing.take({ ...startStates.captured, freshDirectory: true })).toBe(launch);
  expect(standing.take(startStates.captured)).toBeNull();
  await standing.end();
  expect(isOver(launch)).toBe(false);
});

test('what nobody has taken is ended, and its run tells what was left behind', async () => {
  const launch = openLauncher()();
  const standing = openStandingLaunches();
  const run = { ...cleanRun, leftBehind: [{ pid: 1, because: 'not known yet' }] };
  standing.keep(startStates.captured, launch, run);
  await standing.end();
  expect(isOver(launch)).toBe(true);
  expect(standing.withLeftBehind({ ...run, sigchldDecides: true })).toMatchObject({ leftBehind: [] });
  const other = { ...cleanRun, starter: { ...cleanRun.starter } };
  expect(standing.withLeftBehind(other)).toBe(other);
});
