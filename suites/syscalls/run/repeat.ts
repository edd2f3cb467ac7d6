/**
 * Runs the suite again and again: every run has to give the kinds of the first. Exit status 1 if one does not.
 *
 *   node dist/suites/syscalls/run/repeat.js [RUNS]
 */

import { differences } from './reference.ts';
import { runSyscallSuite } from './suite.ts';

async function repeat(runs: number): Promise<void> {
  const started = performance.now();
  const first = await runSyscallSuite();
  const unresolved = first.promises.filter(({ verdict }) => verdict === 'unresolved').map(({ id }) => id);
  let different = unresolved.length > 0 ? 1 : 0;
  if (different > 0) process.stdout.write(`run 1: unresolved ${unresolved.join(', ')}\n`);
  for (let run = 2; run <= runs; run++) {
    const found = differences(first, await runSyscallSuite());
    if (found.length === 0) continue;
    different++;
    process.stdout.write(`run ${run}: ${JSON.stringify(found)}\n`);
  }
  const seconds = ((performance.now() - started) / 1000 / runs).toFixed(2);
  process.stdout.write(
    `${runs} runs of ${first.promises.length} promises, ${different} different, ${seconds} s each\n`,
  );
  process.exitCode = different === 0 ? 0 : 1;
}

void repeat(Number(process.argv[2] ?? 100));
