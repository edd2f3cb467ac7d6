import { expect, test } from 'vitest';
import type { Run } from '../facts/run.ts';
import type { StartName } from '../facts/start-state.ts';
import { cleanRun } from '../judge/example-run.ts';
import { launchSideBySide } from './side-by-side.ts';

const names = ['clean', 'hostile', 'detached'] as const;
const outside = { foreground: false, alone: false, isolated: false };

/** Launches that take a turn of the event loop each: how many of them there were, and how many at once. */
function counted(): {
  readonly launch: (start: StartName) => Promise<Run>;
  launches: number;
  atOnce: number;
} {
  let running = 0;
  const count = {
    launches: 0,
    atOnce: 0,
    async launch(start: StartName): Promise<Run> {
      count.launches++;
      count.atOnce = Math.max(count.atOnce, ++running);
      await new Promise(setImmediate);
      running--;
      return { ...cleanRun, start };
    },
  };
  return count;
}

test('starts that are alike are launched side by side, and so may be what is launched later', async () => {
  const count = counted();
  const { exclusive } = await launchSideBySide(names, count.launch, { ...outside, namesOne: () => false });
  expect([exclusive, count.launches, count.atOnce]).toEqual([false, 3, 3]);
});

test('who names one instance in a pidfile is launched alone again: one that waits for it looks the same at first', async () => {
  const count = counted();
  const { runs, exclusive } = await launchSideBySide(names, count.launch, {
    ...outside,
    namesOne: () => {
      // What was side by side is over by now.
      count.atOnce = 0;
      return true;
    },
  });
  expect([exclusive, count.launches, count.atOnce]).toEqual([true, 6, 1]);
  expect(runs.map(({ start }) => start)).toEqual(names);
});

test('in worlds of their own none is in the way of another', async () => {
  const count = counted();
  const { exclusive } = await launchSideBySide(names, count.launch, {
    ...outside,
    isolated: true,
    namesOne: () => true,
  });
  expect([exclusive, count.launches]).toEqual([false, 3]);
});
