/**
 * How long a fork, a launch and a check take on this machine under its present load. Every deadline of a test is for what
 * hangs and is derived from these; no test waits for a time, and none repeats for one.
 */

import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { type Checker, openChecker } from '../../harness/index.ts';
import { startStates } from '../../harness/launch/start-states.ts';

export interface Pace {
  readonly forkMs: number;
  readonly launchMs: number;
  readonly checkMs: number;
  /** How many times as slow as a quiet machine this one is, 1 if it is not. */
  readonly slowness: number;
  /** What has not happened after so long never will. */
  readonly hangsAfterMs: number;
}

/** A check of a quick program from one start, on two quiet cores of a virtual machine. */
const usualCheckMs = 100;
/** Five times what the longest test takes on a quiet machine: the load may grow after it was measured. */
const usualHangMs = 200_000;

async function timed(body: () => unknown): Promise<number> {
  const began = performance.now();
  await body();
  return performance.now() - began;
}

const path = '/bin/sh';
const argv = ['sh', '-c', 'sleep 1000 & exit 0'];
const env = { PATH: '/usr/bin:/bin' };

function launchOnce({ launcher }: Checker): Promise<void> {
  const asked = {
    image: { kind: 'execute', path },
    argv,
    environment: [`PATH=${env.PATH}`],
    directory: tmpdir(),
    start: startStates.clean,
  } as const;
  return launcher.launch(asked, undefined).end();
}

const checkOnce = (checker: Checker): Promise<unknown> =>
  checker.check({
    profile: 'sysv',
    overrides: {},
    only: null,
    skip: [],
    strict: false,
    expectedFailures: {},
    argv,
    path,
    cwd: tmpdir(),
    env,
    starts: ['clean'],
    timeoutMs: usualHangMs,
    keep: false,
  });

export async function measurePace(): Promise<Pace> {
  const forkMs = await timed(() => spawnSync('true'));
  const checker = openChecker();
  try {
    // The first is on its way before the launcher is.
    await launchOnce(checker);
    const launchMs = await timed(() => launchOnce(checker));
    const checkMs = await timed(() => checkOnce(checker));
    const slowness = Math.max(1, checkMs / usualCheckMs);
    return { forkMs, launchMs, checkMs, slowness, hangsAfterMs: usualHangMs * slowness };
  } finally {
    await checker.close();
  }
}
