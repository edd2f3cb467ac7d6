/**
 * What a killed check has left: processes, the terminals these hold, mounts, and files in the temporary directory it had
 * to itself. What cannot be read is told of, and never taken for nothing.
 */

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

export interface LeftProcess {
  readonly pid: number;
  readonly executable: string;
}

export interface LeftOvers {
  readonly processes: readonly LeftProcess[];
  /** Of a terminal whose master somebody holds, /dev/pts has a name. */
  readonly terminals: readonly string[];
  readonly files: readonly string[];
  readonly mounts: readonly string[];
  /** What could not be looked into, and why. */
  readonly unread: readonly string[];
}

export const nothing: LeftOvers = { processes: [], terminals: [], files: [], mounts: [], unread: [] };

export const countOf = (left: LeftOvers): number => Object.values(left).flat().length;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
const ended: ReadonlySet<string> = new Set(['ENOENT', 'ESRCH']);

/** What is read of a process; null once it has ended. @throws where it may not be read */
function reading<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (ended.has(codeOf(error))) return null;
    throw error;
  }
}

/** Clock ticks since the machine's start, proc_pid_stat(5), field 22, which everybody may read; null once it is gone. */
function startOf(pid: string): number | null {
  const text = reading(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  return text === null ? null : Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[19]);
}

/** It was born after the caller, to whom everything that is killed is younger, and runs as the same user. */
function maybeOurs(pid: string): boolean {
  const status = reading(() => readFileSync(`/proc/${pid}/status`, 'latin1'));
  const users = /^Uid:\s+(.*)$/m.exec(status ?? '')?.[1]?.split(/\s+/) ?? [];
  const own = process.geteuid?.() ?? 0;
  const mayBeSo = own === 0 || users.includes(String(own));
  return mayBeSo && (startOf(pid) ?? 0) >= (startOf('self') ?? 0);
}

/** The marked one; null if it is another, or has ended. A zombie has no memory, and none of what is read here. */
function markedProcess(pid: string, mark: string): LeftProcess | null {
  const state = reading(() => /^State:\s+(\S)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
  if (state === null || state === 'Z' || state === 'X') return null;
  // While it executes a program it has no environment yet, but it stands somewhere.
  const places = [
    reading(() => readFileSync(`/proc/${pid}/environ`, 'latin1')),
    reading(() => readFileSync(`/proc/${pid}/cmdline`, 'latin1')),
    reading(() => readlinkSync(`/proc/${pid}/cwd`)),
  ];
  if (!places.some((text) => text?.includes(mark))) return null;
  const executable = reading(() => readlinkSync(`/proc/${pid}/exe`));
  return executable === null ? null : { pid: Number(pid), executable };
}

/** Processes that have the mark in the environment they were executed with, in their arguments, or where they stand. */
export function marked(mark: string): Pick<LeftOvers, 'processes' | 'unread'> {
  const processes: LeftProcess[] = [];
  const unread: string[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const found = markedProcess(pid, mark);
      if (found !== null) processes.push(found);
    } catch (error) {
      if (maybeOurs(pid)) unread.push(`process ${pid}: ${codeOf(error)}`);
    }
  }
  return { processes, unread };
}

/** Numbers of the terminals whose master it has open, proc_pid_fdinfo(5). */
function terminalsOf({ pid }: LeftProcess): readonly string[] {
  const descriptors = reading(() => readdirSync(`/proc/${pid}/fdinfo`)) ?? [];
  return descriptors.flatMap((fd) => {
    const info = reading(() => readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'latin1')) ?? '';
    const [, index] = /^tty-index:\s*(\d+)$/m.exec(info) ?? [];
    return index === undefined ? [] : [`/dev/pts/${index}`];
  });
}

/** @param directory its name is the mark */
export function leftIn(directory: string): LeftOvers {
  const mark = basename(directory);
  const { processes, unread } = marked(mark);
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line.includes(mark));
  return {
    processes,
    terminals: [...new Set(processes.flatMap(terminalsOf))],
    files: readdirSync(directory),
    mounts,
    unread,
  };
}

/** Nothing tells a bystander that a foreign process has ended, so it looks again until nothing is left, or the deadline. */
export async function untilNothingIsLeft(directory: string, hangsAfterMs: number): Promise<LeftOvers> {
  const deadline = performance.now() + hangsAfterMs;
  for (;;) {
    const left = leftIn(directory);
    if (countOf(left) === 0 || performance.now() > deadline) return left;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
