/** Medians of rounds in turn: absolute times depend on the machine and on the moment, ratios of one run hardly do. */

import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { processorTimeOfChildren } from '../../harness/libc/sys-resource.ts';
import type { Contestant } from './contestants.ts';

export interface Measurement {
  readonly name: string;
  readonly base: string | null;
  readonly wallMs: number;
  /** Of all processes that were waited for; null in process, where the launcher's are not. */
  readonly processorMs: number | null;
  readonly peakKiB: number | null;
  readonly wallRatio: number | null;
  readonly processorRatio: number | null;
  readonly atMost: number | null;
  /** Null where it is one check, or none. */
  readonly checksPerSecondAndCore: number | null;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Largest resident set of one process of the command: a Node of its own asks, so that no other child counts. */
function peakOf(command: readonly string[]): number {
  const script = `
    const { spawnSync } = require('node:child_process');
    const { readFileSync } = require('node:fs');
    spawnSync(process.argv[1], process.argv.slice(2), { stdio: 'ignore' });
    const koffi = require('koffi');
    const usage = Buffer.alloc(144);
    koffi.load(null).func('int getrusage(int who, _Out_ void *usage)')(-1, usage);
    process.stdout.write(String(usage.readBigInt64LE(32)));`;
  const { stdout } = spawnSync(process.execPath, ['-e', script, ...command], { encoding: 'utf8' });
  return Number(stdout);
}

export async function measure(
  contestants: readonly Contestant[],
  rounds: number,
  after: () => void,
): Promise<readonly Measurement[]> {
  const times = contestants.map(() => ({ wall: [] as number[], processor: [] as number[] }));
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const [i, contestant] of contestants.entries()) {
      const used = processorTimeOfChildren();
      const began = performance.now();
      await contestant.run();
      const wall = performance.now() - began;
      if (round > 0) times[i]?.wall.push(wall);
      if (round > 0) times[i]?.processor.push(processorTimeOfChildren() - used);
      after();
    }
  }
  const plain = contestants.map(({ name, base, atMost, checks, command }, i) => ({
    name,
    base,
    atMost,
    checks,
    wallMs: median(times[i]?.wall ?? []),
    processorMs: command === null ? null : median(times[i]?.processor ?? []),
    peakKiB: command === null ? null : peakOf(command),
  }));
  after();
  return plain.map(({ checks, ...one }) => {
    const base = plain.find(({ name }) => name === one.base);
    const over = (a: number | null, b: number | null | undefined): number | null =>
      a === null || b === null || b === undefined ? null : a / b;
    return {
      ...one,
      wallRatio: over(one.wallMs, base?.wallMs),
      processorRatio: over(one.processorMs, base?.processorMs),
      checksPerSecondAndCore: checks === null ? null : (checks * 1000) / one.wallMs / availableParallelism(),
    };
  });
}
