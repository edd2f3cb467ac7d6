import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { noSurroundings } from '../facts/process.ts';
import { is } from '../launch/events.ts';
import { beginDeadlineMs, startLauncher } from '../launch/launcher-client.ts';
import { startStates } from '../launch/start-states.ts';
import { launchRules, settle } from './settle.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';

/** A child takes the place of its parent for ever. */
const neverStays = '(sleep 0.01; exec sh -c "$AGAIN") & exit 0';

test('who is replaced to the last is told of by two looks, however long a look takes', async () => {
  const launcher = startLauncher();
  try {
    const launch = launcher.launch(
      {
        image: { kind: 'execute', path: '/bin/sh' },
        argv: ['sh', '-c', neverStays],
        environment: [`PATH=${process.env.PATH}`, `AGAIN=${neverStays}`],
        directory: '/',
        start: startStates.clean,
      },
      undefined,
    );
    const stage = await launch.until(is('stage'), beginDeadlineMs());
    const returned = await launch.until(is('returned'), beginDeadlineMs());
    const tree = {
      stage: stage?.pid ?? -1,
      starter: returned?.pid ?? -1,
      foreground: false,
      surroundings: noSurroundings,
      told: () => [],
      declared: () => null,
    };
    let seen = 0;
    /** As on a machine that is so busy that nobody who was seen is still there when the look is over. */
    const look = (): Snapshot => {
      const snapshot = takeSnapshot(tree);
      if (snapshot.daemon !== null) seen++;
      while (snapshot.daemon !== null && existsSync(`/proc/${snapshot.daemon}`));
      return snapshot;
    };
    const limits = {
      get deadlineMs() {
        return seen < 3 ? Number.POSITIVE_INFINITY : 0;
      },
      signal: undefined,
    };
    const { by, snapshot, later } = await settle({ look, isExpected: () => true }, launchRules, limits);
    expect(by).toBe('deadline');
    expect(snapshot.daemon).not.toBeNull();
    expect(later?.daemon).not.toBe(snapshot.daemon);
  } finally {
    await launcher.close();
  }
});
