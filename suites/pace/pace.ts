/**
 * How long a fork, a launch and a check take on this machine under its present load. Every deadline of a test is for what
 * hangs and is derived from these; no test waits for a time, and none repeats for one.
 */

import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { type Checker, openChecker } from '../../harness/check/checker.ts';
import { startStates } from '../../harness/launch/start-states.ts';

export interface Pace {
  readonly forkMs: number;
  readonly launchMs: number;
  readonly checkMs: number;
  /** What has not happened after so long never will. */
  readonly hangsAfterMs: number;
  /** As long a right program may take to settle, as `--timeout` says it of a check. */
  readonly settlesWithinMs: number;
}

/** The longest test takes about a hundred checks; a machine that becomes five times slower meanwhile is no failure. */
const checksOfTheLongest = 100 * 5;
const hangsAfterAtLeastMs = 120_000;
/** A launch of the slowest fixture costs less than ten checks of a quick program, and the load may grow by five. */
const checksOfTheSlowest = 10 * 5;
const settlesAfterAtLeastMs = 20_000;

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
    keepDirectory: false,
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
    timeoutMs: hangsAfterAtLeastMs,
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
    return {
      forkMs,
      launchMs,
      checkMs,
      hangsAfterMs: Math.max(hangsAfterAtLeastMs, checksOfTheLongest * checkMs),
      settlesWithinMs: Math.max(settlesAfterAtLeastMs, checksOfTheSlowest * checkMs),
    };
  } finally {
    await checker.close();
  }
}
