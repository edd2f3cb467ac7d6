/** What Linux tells of a process in /proc: proc_pid_stat(5), proc_pid_status(5). */

import { readFileSync } from 'node:fs';
import { signalName } from '../../../harness/libc/platform.ts';

export interface ProcStat {
  readonly state: string;
  readonly parent: number;
  readonly processGroup: number;
  readonly session: number;
  /** 0 without a controlling terminal. */
  readonly terminal: number;
  /** -1 without a controlling terminal. */
  readonly foreground: number;
}

export function parseStat(text: string): ProcStat {
  // The command name may hold spaces and ')': fields start after the last one.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const number = (index: number): number => Number(fields[index]);
  return {
    state: fields[0] ?? '',
    parent: number(1),
    processGroup: number(2),
    session: number(3),
    terminal: number(4),
    foreground: number(5),
  };
}

export const statOf = (pid: number): ProcStat => parseStat(readFileSync(`/proc/${pid}/stat`, 'latin1'));

/** One field of /proc/PID/status, or of a copy of it; empty if there is none. */
export function fieldOf(status: string, name: string): string {
  return new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
}

export const statusOf = (pid: number): string => readFileSync(`/proc/${pid}/status`, 'latin1');

/** Names of the signals in a field of status that is a set; `nothing` for an empty one. */
export function signalsOf(
  status: string,
  name: 'SigBlk' | 'SigIgn' | 'SigCgt' | 'SigPnd' | 'ShdPnd',
): string {
  const bits = BigInt(`0x${fieldOf(status, name) || '0'}`);
  const names: string[] = [];
  for (let signo = 1; signo <= 64; signo++)
    if ((bits >> BigInt(signo - 1)) & 1n) names.push(signalName(signo));
  return names.join(' ') || 'nothing';
}
