/**
 * Promises per second, beside one process for each test: a shell script or a program that is forked and executed, as
 * suites of C programs do it. Rates of several rounds in turn, since they depend on the machine. No test depends on it.
 *
 *   node dist/suites/bench/promises-per-second.js [ROUNDS]
 */

import { spawnSync } from 'node:child_process';
import { runSyscallSuite } from '../syscalls/run/suite.ts';

const perRound = 388;

/** Rate of `perRound` executions one after the other, driven by a shell, so that Node's own spawning does not count. */
function perSecond(command: string): number {
  const script = `i=0; while [ $i -lt ${perRound} ]; do ${command}; i=$((i+1)); done`;
  const started = performance.now();
  spawnSync('/bin/sh', ['-c', script]);
  return (perRound * 1000) / (performance.now() - started);
}

async function suite(): Promise<{ readonly whole: number; readonly withoutStart: number }> {
  const begun = performance.now();
  await runSyscallSuite({ only: ['none'] });
  const start = performance.now() - begun;
  const started = performance.now();
  const { promises } = await runSyscallSuite();
  const spent = performance.now() - started;
  return {
    whole: (promises.length * 1000) / spent,
    withoutStart: (promises.length * 1000) / (spent - start),
  };
}

function median(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(0);
}

async function compare(rounds: number): Promise<void> {
  const rates = {
    whole: [] as number[],
    withoutStart: [] as number[],
    program: [] as number[],
    script: [] as number[],
  };
  for (let round = 0; round < rounds; round++) {
    const { whole, withoutStart } = await suite();
    rates.whole.push(whole);
    rates.withoutStart.push(withoutStart);
    rates.program.push(perSecond('/bin/true'));
    rates.script.push(perSecond("/bin/sh -c 'exit 0'"));
  }
  process.stdout.write(
    [
      `this suite                          ${median(rates.whole)} a second`,
      `this suite, without Node's start    ${median(rates.withoutStart)} a second`,
      `fork and exec of a program          ${median(rates.program)} a second, each doing nothing`,
      `fork and exec of a shell            ${median(rates.script)} a second, each doing nothing`,
      '',
    ].join('\n'),
  );
}

void compare(Number(process.argv[2] ?? 5));
