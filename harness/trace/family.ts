/** Which processes were traced, whose children they are, and the line that led to the daemon. Pure. */

import type { TracedCall, TracedEnd, TraceEvent } from './parse-strace.ts';

export interface Family {
  /** In the order they were heard of; the first is the starter. */
  readonly pids: readonly number[];
  readonly parents: ReadonlyMap<number, number>;
  readonly ends: ReadonlyMap<number, TracedEnd>;
  /** The process a thread belongs to. */
  readonly processOf: (id: number) => number;
}

const forks: ReadonlySet<string> = new Set(['fork', 'vfork', 'clone', 'clone3']);

export const isThread = (call: TracedCall): boolean =>
  call.arguments.some((each) => each.includes('CLONE_THREAD'));

export function familyOf(events: readonly TraceEvent[]): Family {
  const leaders = new Map<number, number>();
  const processOf = (id: number): number => leaders.get(id) ?? id;
  const parents = new Map<number, number>();
  const pids = new Set<number>();
  const ends = new Map<number, TracedEnd>();
  for (const event of events) {
    if (event.kind !== 'call' || !forks.has(event.name) || event.result === null || !isThread(event))
      continue;
    leaders.set(Number.parseInt(event.result, 10), processOf(event.pid));
  }
  for (const event of events) {
    pids.add(processOf(event.pid));
    // The end of a thread is not the end of its process.
    if (event.kind === 'ended' && processOf(event.pid) === event.pid) ends.set(event.pid, event);
    if (event.kind !== 'call' || !forks.has(event.name) || event.result === null || isThread(event)) continue;
    // One that takes no step is there all the same.
    const child = Number.parseInt(event.result, 10);
    parents.set(child, processOf(event.pid));
    pids.add(child);
  }
  return { pids: [...pids], parents, ends, processOf };
}

/** From the starter to the daemon: the oldest that is left whose parent is not; the longest line if none is left. */
export function lineageOf({ pids, parents, ends }: Family): readonly number[] {
  const left = pids.filter((pid) => !ends.has(pid));
  const orphans = left.filter((pid) => !left.includes(parents.get(pid) ?? -1));
  const lineTo = (pid: number): readonly number[] => {
    const line: number[] = [];
    for (let at: number | undefined = pid; at !== undefined && !line.includes(at); at = parents.get(at)) {
      line.unshift(at);
    }
    return line;
  };
  const [daemon] = orphans;
  if (daemon !== undefined) return lineTo(daemon);
  const lines = pids.map(lineTo);
  return lines.findLast((line) => lines.every((other) => other.length <= line.length)) ?? [];
}
