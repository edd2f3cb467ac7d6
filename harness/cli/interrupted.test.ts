/** What ends the command line at any moment leaves no process and no file: at every event, and at a few moments between. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { type KilledRun, killCheck, killEach, type Moment } from '../../suites/kills/kill-check.ts';
import { nothing } from '../../suites/kills/left-behind.ts';
import type { Victim } from '../../suites/kills/victims.ts';

/** Far sooner than the test is given up: what is left is to be told, not that the time was over. */
const hangsAfterMs = inject('pace').hangsAfterMs / 5;

/** A program that leaves two orphans, one still in the launch session, and a worker that ignores what it can. */
const program = 'setsid -f sleep 1000; sleep 1000 & (trap "" HUP TERM INT; sleep 1000) & exit 0';

/** One launch, beside that of the canary. */
const check = ['--start', 'clean', '--only', 'session', '-f', 'json', 'sh', '-c', program];

const undisturbed = (argv: readonly string[]): Promise<KilledRun> =>
  killCheck({ argv, signal: 'SIGKILL', moment: { kind: 'never' }, hangsAfterMs });

const killings = (argv: readonly string[], signal: NodeJS.Signals, moments: readonly Moment[]) =>
  killEach(moments.map((moment) => ({ argv, signal, moment, hangsAfterMs })));

/** From the first event to the last but one: what the last one ends is over. */
function everyEvent({ events }: KilledRun, ...victims: readonly Victim[]): readonly Moment[] {
  return Array.from({ length: events - 1 }, (_, i) => ({ kind: 'event', event: i + 1, victims }));
}

/** Spread over the time it took undisturbed, each somewhere in its share. */
function randomMoments({ tookMs }: KilledRun, count: number): readonly Moment[] {
  return Array.from({ length: count }, (_, i) => ({
    kind: 'time',
    afterMs: (tookMs * (i + Math.random())) / count,
  }));
}

const leftOf = (killed: readonly KilledRun[]) => killed.map(({ left }) => left);
const nothingOf = (killed: readonly KilledRun[]) => killed.map(() => nothing);

test('SIGKILL after any event of a launch leaves no process and no file behind', async () => {
  const usual = await undisturbed(check);
  // Started, returned, ended and over for canary and program at least, or nothing was counted.
  expect(usual.events).toBeGreaterThan(8);
  const killed = await killings(check, 'SIGKILL', everyEvent(usual, 'harness'));
  expect(leftOf(killed)).toEqual(nothingOf(killed));
  expect(killed.map(({ signal }) => signal)).toEqual(killed.map(() => 'SIGKILL'));
});

// Whoever is left of the harness says that it could not be judged, or what it had already found: never a failure. A
// launch that lost its stage is inconclusive, and another may have shown what was asked.
test.each([
  ['the launcher', ['launcher'], [0, 3, 77]],
  ['a stage', ['stage'], [0, 3, 77]],
  ['harness and launcher', ['harness', 'launcher'], [null]],
  ['harness and stage', ['harness', 'stage'], [null]],
  ['launcher and stage', ['launcher', 'stage'], [0, 3, 77]],
] as const)('nor does SIGKILL to %s', async (_, victims, statuses) => {
  const usual = await undisturbed(check);
  const killed = await killings(check, 'SIGKILL', everyEvent(usual, ...victims));
  expect(leftOf(killed)).toEqual(nothingOf(killed));
  expect(killed.filter(({ status }) => !statuses.some((each) => each === status))).toEqual([]);
});

// Everybody knows the name of that directory before it is there, those without a launch too.
test.each([[['launcher']], [['harness', 'launcher']], [['launcher', 'stage']]] as const)(
  'nor does SIGKILL to %j when the launcher has just made the directory of the run',
  async (victims) => {
    const argv = ['--isolation', 'none', '--start', 'hostile', '--only', 'session', 'sh', '-c', program];
    const [killed] = await killings(argv, 'SIGKILL', [{ kind: 'event', event: 'scratch', victims }]);
    expect(killed?.left).toEqual(nothing);
    const isOver = killed?.signal === 'SIGKILL' || killed?.status === 3;
    expect(isOver).toBe(true);
  },
);

test('nor does SIGKILL at moments between', async () => {
  const killed = await killings(check, 'SIGKILL', randomMoments(await undisturbed(check), 8));
  expect(leftOf(killed)).toEqual(nothingOf(killed));
});

test('SIGKILL after any event of a batch, its setup and its traces included, leaves nothing either', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'interrupted-batch-'));
  try {
    const file = join(directory, 'batch.json');
    const setup = [['sh', '-c', 'setsid sleep 1000 & mkdir {dir}/x; : > {dir}/x/y']];
    const programs = [{ name: 'a', argv: ['sh', '-c', program], setup, trace: true }];
    const defaults = { start: ['clean'], only: ['session', 'working-directory'] };
    writeFileSync(file, JSON.stringify({ defaults, programs }));
    const argv = ['batch', file, '-f', 'json'];
    const usual = await undisturbed(argv);
    const moments = [...everyEvent(usual, 'harness'), ...randomMoments(usual, 4)];
    const killed = await killings(argv, 'SIGKILL', moments);
    expect(leftOf(killed)).toEqual(nothingOf(killed));
    const atEvents = killed.slice(0, usual.events - 1);
    expect(atEvents.map(({ signal }) => signal)).toEqual(atEvents.map(() => 'SIGKILL'));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends everything launched first, then the check with status %i', async (signal, status) => {
  const usual = await undisturbed(check);
  const ended = await killings(check, signal, [...everyEvent(usual, 'harness'), ...randomMoments(usual, 4)]);
  expect(leftOf(ended)).toEqual(nothingOf(ended));
  const atEvents = ended.slice(0, usual.events - 1);
  expect(atEvents.map((each) => each.status)).toEqual(atEvents.map(() => status));
  // Before it can have a handler the signal ends it as it ends any program; after its end there is nothing to hit.
  const between = ended.slice(usual.events - 1).filter((one) => one.signal === null && one.status !== 0);
  expect(between.map((each) => each.status)).toEqual(between.map(() => status));
});
