/** The processes below one: /proc/PID/task/TID/children, or the parents of all processes. */

import { readdirSync } from 'node:fs';
import { isUnreadable } from '../../facts/process.ts';
import { readProcPidStat } from './proc-pid-stat.ts';
import { reading, textOf } from './reading.ts';
import { threadIds } from './threads.ts';

/**
 * Process IDs of all descendants of `pid`, children before their children; zombies are among them. Never throws:
 * what vanishes meanwhile is left out. The kernel may also skip a living child while a sibling of it ends
 * (proc_tid_children(5)), so only repetition shows that nothing is left.
 */
export function descendantsOf(pid: number): number[] {
  const found = new Set<number>();
  const pending = [pid];
  for (let parent = pending.shift(); parent !== undefined; parent = pending.shift()) {
    const children = childrenOf(parent);
    if (children === 'unsupported') return descendantsByScan(pid);
    for (const child of children) {
      // A pid can come round again while this reads, and must not lead in a circle.
      if (child === pid || found.has(child)) continue;
      found.add(child);
      pending.push(child);
    }
  }
  return [...found];
}

/** A child belongs to the thread that forked it. */
function childrenOf(pid: number): number[] | 'unsupported' {
  const tids = threadIds(pid);
  if (isUnreadable(tids)) return [];
  const children: number[] = [];
  for (const tid of tids) {
    const text = reading(`/proc/${pid}/task/${tid}/children`, textOf);
    if (!isUnreadable(text)) children.push(...parseChildren(text));
    else if (!hasChildrenFiles()) return 'unsupported';
  }
  return children;
}

/** Numbers with a space after each; empty without children. */
export function parseChildren(text: string): number[] {
  return text
    .split(' ')
    .filter((field) => /^\d+$/.test(field))
    .map(Number);
}

/** A kernel without CONFIG_PROC_CHILDREN has the file for nobody, the observer included. */
function hasChildrenFiles(): boolean {
  return !isUnreadable(reading('/proc/thread-self/children', textOf));
}

/** The same from field 4 (ppid) of every /proc/PID/stat: the cost grows with all processes of the system. */
export function descendantsByScan(pid: number): number[] {
  const names = reading('/proc', (path) => readdirSync(path));
  if (isUnreadable(names)) return [];
  const children = new Map<number, number[]>();
  for (const name of names) {
    if (!/^\d+$/.test(name)) continue;
    const found = readProcPidStat(`/proc/${name}/stat`);
    if (found.kind !== 'read') continue;
    const siblings = children.get(found.stat.parent);
    if (siblings === undefined) children.set(found.stat.parent, [Number(name)]);
    else siblings.push(Number(name));
  }
  const descendants = new Set<number>();
  const pending = [pid];
  for (let parent = pending.shift(); parent !== undefined; parent = pending.shift()) {
    for (const child of children.get(parent) ?? []) {
      if (child === pid || descendants.has(child)) continue;
      descendants.add(child);
      pending.push(child);
    }
  }
  return [...descendants];
}
