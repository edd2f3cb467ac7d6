/** Whoever launches a program in a world of its own is process 1 there. */

import { tmpdir } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { openChecker } from '../../harness/index.ts';
import { whyNotIsolated } from './why-not-isolated.ts';

// As libslack's daemon(1) and python-daemon do.
const script = 'if [ "$PPID" = 1 ]; then exec sleep 1000; fi; (exec sleep 1000) >/dev/null 2>&1 &';

test('a program that takes its parent for init, and so does not detach, is launched outside', async ({
  skip,
}) => {
  const why = await whyNotIsolated();
  if (why !== null) skip(why);
  const checker = openChecker();
  onTestFinished(() => checker.close());
  const told: string[] = [];
  const { results } = await checker.check({
    argv: ['sh', '-c', script],
    path: '/bin/sh',
    cwd: tmpdir(),
    env: { PATH: '/usr/bin:/bin' },
    only: ['starter-return'],
    starts: ['clean'],
    isolation: 'auto',
    onFallback: (why) => told.push(why),
  });
  expect(results.map(({ outcome }) => outcome)).toEqual(['pass']);
  expect(told).toEqual([
    expect.stringContaining('does not come through in a world of its own, but does outside'),
  ]);
});
