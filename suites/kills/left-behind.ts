/** What a killed check has left: processes, and files in the temporary directory it had to itself. */

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface LeftProcess {
  readonly pid: number;
  readonly executable: string;
}

export interface LeftOvers {
  readonly processes: readonly LeftProcess[];
  readonly files: readonly string[];
}

export const nothing: LeftOvers = { processes: [], files: [] };

/** Processes that have the mark in the environment they were executed with, zombies not included. */
export function marked(mark: string): readonly LeftProcess[] {
  const found: LeftProcess[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark)) continue;
      const state = /^State:\s+(\S)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
      if (state !== 'Z') found.push({ pid: Number(pid), executable: readlinkSync(`/proc/${pid}/exe`) });
    } catch {
      // Ended meanwhile, or another user's.
    }
  }
  return found;
}

/** Nothing tells a bystander that a foreign process has ended, so it looks again until nothing is left, or the deadline. */
export async function untilNothingIsLeft(directory: string, hangsAfterMs: number): Promise<LeftOvers> {
  const deadline = performance.now() + hangsAfterMs;
  for (;;) {
    const left = { processes: marked(directory), files: readdirSync(directory) };
    if (left.processes.length + left.files.length === 0 || performance.now() > deadline) return left;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
