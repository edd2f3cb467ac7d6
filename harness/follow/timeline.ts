/** What changed in the program's tree from one snapshot to the next, in the order it was seen. */

import { isUnreadable } from '../facts/process.ts';
import type { ObservedProcess, TimelineEvent } from '../facts/run.ts';

const show = (fact: unknown): string => {
  if (isUnreadable(fact)) return 'unreadable';
  if (fact === null) return 'none';
  if (typeof fact !== 'object') return String(fact);
  if ('device' in fact) return String('name' in fact ? (fact.name ?? fact.device) : fact.device);
  return 'pid' in fact ? String(fact.pid) : JSON.stringify(fact);
};

const watched = [
  ['parent', 'parent-changed'],
  ['session', 'session-changed'],
  ['processGroup', 'process-group-changed'],
  ['terminal', 'terminal-changed'],
  ['executable', 'executable-changed'],
] as const;

export interface Timeline {
  readonly events: readonly TimelineEvent[];
  add(event: TimelineEvent): void;
  /** Compares with what was known and records the differences. */
  see(atMs: number, processes: readonly ObservedProcess[]): void;
}

/** @param limit events kept; a program that forks without end must not fill the memory */
export function startTimeline(limit = 2000): Timeline {
  const events: TimelineEvent[] = [];
  const known = new Map<number, ObservedProcess>();
  const add = (event: TimelineEvent): void => {
    if (events.length < limit) events.push(event);
  };
  return {
    events,
    add,
    see(atMs, processes) {
      for (const process of processes) {
        const { pid } = process;
        const former = known.get(pid);
        known.set(pid, process);
        if (former === undefined || former.startTime !== process.startTime) {
          const { parent, session, processGroup } = process;
          const detail = `child of ${show(parent)}, session ${show(session)}, group ${show(processGroup)}`;
          add({ atMs, pid, event: 'appeared', detail });
          continue;
        }
        for (const [name, event] of watched) {
          const [was, is] = [show(former[name]), show(process[name])];
          if (was !== is) add({ atMs, pid, event, detail: `${was} -> ${is}` });
        }
      }
    },
  };
}
