/** What a stage does to its launch when a probe asks for it. */

import { readdirSync, readFileSync } from 'node:fs';
import { signalNumber } from '../libc/platform.ts';
import { kill } from '../libc/signal.ts';
import { close, getpid, write } from '../libc/unistd.ts';
import type { Action } from './protocol.ts';
import type { Terminal } from './scenery.ts';

export interface Acted {
  readonly errno: string | null;
  readonly reached: readonly number[];
}

interface Kin {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
}

/** Parent, group and session of every process that can be seen; fields 4 to 6 of /proc/PID/stat, proc_pid_stat(5). */
function everyProcess(): readonly Kin[] {
  const kin: Kin[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const [, parent, group, session] = text
        .slice(text.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      kin.push({ pid, parent: parent ?? 0, group: group ?? 0, session: session ?? 0 });
    } catch {
      // Ended between the two reads.
    }
  }
  return kin;
}

/** Whether a process descends from the calling one. Each link is a parent that has not been waited for. */
function isDescendant(pid: number): boolean {
  const parents = new Map(everyProcess().map((one) => [one.pid, one.parent]));
  const self = getpid();
  for (let at = parents.get(pid) ?? 0, steps = 0; at > 1 && steps < parents.size; steps++) {
    if (at === self) return true;
    at = parents.get(at) ?? 0;
  }
  return false;
}

/**
 * The session of the launch is the stage's own, or the program's where that is the leader. All its members descend
 * from the stage, so the groups hold nobody else's processes. The stage's own group is left out.
 */
function signalSession(session: number, signals: readonly string[]): Acted {
  const self = getpid();
  const members = everyProcess().filter(
    (one) => one.session === session && one.pid !== self && one.group !== self,
  );
  const groups = new Set(members.map(({ group }) => group));
  let errno: string | null = null;
  for (const signal of signals) {
    for (const group of groups) {
      const sent = kill(-group, signalNumber(signal) ?? 0);
      if (sent.errno !== null && sent.errno !== 'ESRCH') errno = sent.errno;
    }
  }
  return { errno, reached: members.map(({ pid }) => pid) };
}

/** @param session of the launch @param terminal of the launch, null without one */
export function act(action: Action, session: number, terminal: Terminal | null): Acted {
  switch (action.kind) {
    case 'hang-up': {
      if (terminal === null) return { errno: 'ENOTTY', reached: [] };
      close(terminal.slave);
      return { errno: close(terminal.master).errno, reached: [] };
    }
    case 'type': {
      if (terminal === null) return { errno: 'ENOTTY', reached: [] };
      return { errno: write(terminal.master, Buffer.from(action.text, 'latin1')).errno, reached: [] };
    }
    case 'signal-session':
      return signalSession(session, action.signals);
    case 'signal': {
      if (!isDescendant(action.pid)) return { errno: 'ESRCH', reached: [] };
      const { errno } = kill(action.pid, signalNumber(action.signal) ?? 0);
      return { errno, reached: errno === null ? [action.pid] : [] };
    }
  }
}
