/** A starter that does not return is waited for until the deadline, unless nothing is left that could wake it. */

import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { check } from '../../harness/index.ts';
import { whyNotIsolated } from './why-not-isolated.ts';

/** It waits for a writer of a fifo that nobody but itself has open. */
const script = 'mkfifo "$TMPDIR/$$" && exec 3<>"$TMPDIR/$$" && read -r line <&3';
/** A test that waits for it fails. Milliseconds. */
const hoursMs = 1e7;

test('who sleeps for ever, alone in its world, is judged before the deadline', async ({ skip }) => {
  const why = await whyNotIsolated();
  if (why !== null) skip(why);
  const { results, runs } = await check({
    argv: ['sh', '-c', script],
    path: '/bin/sh',
    cwd: tmpdir(),
    env: { PATH: '/usr/bin:/bin', TMPDIR: tmpdir() },
    only: ['starter-return'],
    starts: ['clean'],
    isolation: 'full',
    timeoutMs: hoursMs,
  });
  expect(runs.map(({ settling }) => settling.by)).toEqual(['asleep']);
  expect(results).toMatchObject([
    { outcome: 'fail', actual: expect.stringContaining('nothing was left that could wake it') },
  ]);
});
