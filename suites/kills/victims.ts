/** Who may be killed of a check, and where he is found. */

import { readFileSync } from 'node:fs';

export type Victim = 'harness' | 'launcher' | 'stage';

/** proc_pid_stat(5) from field 4 on: the parent, the process group, the session; null once it is gone. */
function kinOf(pid: number | 'self'): { readonly parent: number; readonly session: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [, parent, , session] = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return parent === undefined || session === undefined ? null : { parent, session };
  } catch {
    return null;
  }
}

export const parentOf = (pid: number | 'self'): number | null => kinOf(pid)?.parent ?? null;

export function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** The launcher of a harness: of its children the one that leads a session. Null while there is none. */
export function launcherOf(harness: number): number | null {
  return childrenOf(harness).find((pid) => kinOf(pid)?.session === pid) ?? null;
}

/** SIGKILL to a process that has not been reaped; nothing where it has ended by itself. */
export function killProcess(pid: number | null, signal: NodeJS.Signals): void {
  if (pid === null || pid <= 1) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}

/** The harness last, and itself after everybody else, should the caller be one of them. */
export function killVictims(
  victims: readonly Victim[],
  signal: NodeJS.Signals,
  who: { readonly harness: number; readonly launcher: number | null; readonly stage: number | null },
): void {
  for (const victim of ['stage', 'launcher', 'harness'] as const) {
    if (victims.includes(victim)) killProcess(who[victim], signal);
  }
}

/** At any moment: the stage is the launcher's youngest that has something below it, or its youngest. */
export function killVictimsOf(harness: number, victims: readonly Victim[], signal: NodeJS.Signals): void {
  const launcher = launcherOf(harness);
  const stages = launcher === null ? [] : [...childrenOf(launcher)].reverse();
  const stage = stages.find((pid) => childrenOf(pid).length > 0) ?? stages[0] ?? null;
  killVictims(victims, signal, { harness, launcher, stage });
}
