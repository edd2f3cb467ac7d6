/** The matrix once more, with a world of its own for every launch: the program is judged, not the world it is in. */

import { beforeAll, expect, inject, test } from 'vitest';
import { profileNames } from '../../harness/judge/profile.ts';
import { matrix } from './matrix.ts';
import { missing } from './missing.ts';
import { expectedFailures, idsWith, resultsOf } from './outcome.ts';
import { type Recording, recordAll } from './record.ts';
import { whyNotIsolated } from './why-not-isolated.ts';

const recordings = new Map<string, Recording>();
let lack: string | null = null;

beforeAll(async () => {
  lack = await whyNotIsolated();
  if (lack !== null) return;
  const runnable = matrix.filter((each) => missing(each) === null);
  for (const each of await recordAll(runnable, inject('pace').slowness, 'full'))
    recordings.set(each.expectation.name, each);
});

for (const expectation of matrix) {
  test(expectation.name, ({ skip }) => {
    const why = lack ?? missing(expectation);
    if (why !== null) skip(why);
    const recording = recordings.get(expectation.name);
    if (recording === undefined) throw new Error(`${expectation.name} was not recorded`);
    for (const { isolation, leftBehind } of recording.runs) {
      expect(isolation).toEqual({ processIds: true, files: true, network: true, ipc: true });
      expect(leftBehind).toEqual([]);
    }
    for (const profile of profileNames) {
      const results = resultsOf(recording, profile);
      expect({ profile, fails: idsWith('fail', results, expectation) }).toEqual({
        profile,
        fails: expectedFailures(expectation, profile),
      });
    }
  });
}
