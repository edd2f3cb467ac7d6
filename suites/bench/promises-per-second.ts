/**
 * Promises per second, beside one process for each test: a shell script or a program that is forked and executed, as
 * suites of C programs do it. Rates of several rounds in turn, since they depend on the machine. No test depends on it.
 */

import { spawnSync } from 'node:child_process';
import { runSyscallSuite } from '../syscalls/run/suite.ts';
import { median } from './measure.ts';

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

/** Medians, in promises or executions a second. */
export async function promiseRates(rounds: number): Promise<Readonly<Record<string, number>>> {
  const rates: Record<string, number[]> = {};
  const note = (name: string, rate: number): void => {
    rates[name] = [...(rates[name] ?? []), rate];
  };
  for (let round = 0; round < rounds; round++) {
    const { whole, withoutStart } = await suite();
    note('this suite', whole);
    note("this suite, without Node's start", withoutStart);
    note('fork and exec of a program that does nothing', perSecond('/bin/true'));
    note('fork and exec of a shell that does nothing', perSecond("/bin/sh -c 'exit 0'"));
  }
  return Object.fromEntries(Object.entries(rates).map(([name, all]) => [name, Math.round(median(all))]));
}
