import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { failing } from '../../harness/report/golden/failing.ts';
import { fuzzKinds, makeCase, play } from './play.ts';
import { randomOf } from './random.ts';

test('a seed makes the same of the same', () => {
  const some = (): number[] => {
    const random = randomOf(17);
    return Array.from({ length: 5 }, () => random.below(1000));
  };
  expect(some()).toEqual(some());
});

test.each(fuzzKinds)('what a user may write is answered in a line: %s', async (kind) => {
  const directory = mkdtempSync(join(tmpdir(), 'fuzz-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const faults: string[] = [];
  for (let seed = 1; seed <= 60; seed++) {
    const made = makeCase(kind, randomOf(seed), failing);
    const { fault } = await play(made, directory, failing);
    if (fault !== null) faults.push(`${seed} ${JSON.stringify(made)}: ${fault}`);
  }
  expect(faults).toEqual([]);
});
