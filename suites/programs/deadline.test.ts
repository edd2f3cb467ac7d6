/** A deadline bounds the whole check, whatever the program does: what was not reached by then is inconclusive. */

import { expect, inject, test } from 'vitest';
import { checkProgram } from '../../harness/index.ts';

const program = ['sh', '-c', '(exec sleep 1000) >/dev/null 2>&1 &'] as const;

test('what is not probed by then is inconclusive, and what was seen before is judged', async () => {
  const { results } = await checkProgram(program, {
    only: ['surviving-processes', 'readiness'],
    starts: ['clean'],
    probing: 'all',
    // It never is: without the deadline this is waited for.
    policy: { ready: 'sleep 1000' },
    timeoutMs: 600_000,
    // More than enough to settle in.
    deadlineMs: 3_000 * inject('pace').slowness,
  });
  expect(results.map(({ id, outcome, because, wouldHelp }) => ({ id, outcome, because, wouldHelp }))).toEqual(
    [
      { id: 'surviving-processes', outcome: 'pass', because: null, wouldHelp: null },
      {
        id: 'readiness',
        outcome: 'inconclusive',
        because: 'the deadline of the check came first',
        wouldHelp: 'a longer --deadline',
      },
    ],
  );
});

test('a program that had no time to settle is not judged at all', async () => {
  const never = ['sh', '-c', 'exec sleep 1000'] as const;
  await expect(checkProgram(never, { starts: ['clean'], deadlineMs: 1 })).rejects.toThrow(
    'the deadline of the check passed before the program had settled after the clean start',
  );
});
