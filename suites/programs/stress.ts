/**
 * The matrix again and again while every core is kept busy: `node dist/suites/programs/stress.js [TIMES]`, 20 times
 * unless told otherwise. Exit status 0 if every time every program failed what it is expected to fail.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { matrix } from './matrix.ts';
import { missing } from './missing.ts';
import { surprises } from './outcome.ts';
import { recordAll } from './record.ts';

const times = Number(process.argv[2] ?? 20);
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** They end with their channel, so that none outlives this process however it ends. */
function keepBusy(): readonly ChildProcess[] {
  const loop =
    "process.stdin.on('close', () => process.exit()).resume(); const spin = () => { \
    for (const until = Date.now() + 20; Date.now() < until; ); setImmediate(spin); }; spin();";
  return Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', loop], { stdio: ['pipe', 'ignore', 'inherit'] }),
  );
}

async function main(): Promise<number> {
  const runnable = matrix.filter((each) => missing(each) === null);
  const busy = keepBusy();
  let surprised = 0;
  try {
    for (let round = 1; round <= times; round++) {
      const began = performance.now();
      const recordings = await recordAll(runnable);
      const found = [...surprises(recordings)];
      surprised += found.length;
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      say(`round ${round} of ${times}: ${runnable.length} programs, ${seconds} s, ${found.length} surprises`);
      for (const { program, profile, expected, found: fails } of found) {
        say(`  ${program}, ${profile}: expected ${expected.join(' ')}; found ${fails.join(' ')}`);
      }
      for (const { expectation, runs } of recordings) {
        if (!found.some(({ program }) => program === expectation.name)) continue;
        for (const { start, starter, settling } of runs) {
          say(`  ${expectation.name}, ${start}: ${JSON.stringify({ ...starter, ...settling })}`);
        }
      }
    }
  } finally {
    for (const each of busy) each.kill('SIGKILL');
  }
  return surprised === 0 ? 0 : 1;
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 3;
  },
);
