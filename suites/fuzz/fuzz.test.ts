import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { failing } from '../../harness/report/golden/failing.ts';
import { faultIn } from './fault.ts';
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

test('an answer that is none is a finding', () => {
  const right = { status: 3, stdout: '', stderr: 'daemon-conformance: why\n', wrote: false };
  const trace = 'daemon-conformance: why\n    at f (/some/file.js:3:7)\n';
  const none = { ...right, stderr: '' };
  expect(
    [right, { ...none, status: 0 }, { ...none, wrote: true }, { ...right, status: 2 }].map(faultIn),
  ).toEqual([null, null, null, null]);
  expect(
    [
      { ...right, status: null },
      { ...right, status: 134 },
      { ...right, stderr: trace },
      { ...right, status: 0, stdout: trace },
      none,
      { ...none, status: 1 },
      { ...right, stderr: '\x1b[2J' },
      { ...right, status: 2, stderr: 'one\ntwo\n' },
    ]
      .map(faultIn)
      .map((fault) => fault?.replace(/[:,].*| not as.*/, '')),
  ).toEqual([
    'status null',
    'status 134',
    'a stack trace',
    'a stack trace',
    'status 3 without a word',
    'status 1 without a word',
    'control characters',
    'misuse is told in one line',
  ]);
});
