/** /proc/PID/stat, proc_pid_stat(5). The field numbers below are those of the manual page, which counts from 1. */

import { type Fact, type ProcessState, unreadable } from '../../facts/process.ts';
import { errnoOf, textOf } from './reading.ts';

export interface ProcPidStat {
  /** At most 15 bytes; any byte but NUL, newline and parentheses included. */
  readonly commandName: string;
  readonly state: ProcessState;
  readonly parent: number;
  readonly processGroup: number;
  readonly session: number;
  /** Device number of the controlling terminal as the kernel encodes it, 0 without one. */
  readonly terminal: number;
  readonly foregroundProcessGroup: number;
  readonly kernelThread: boolean;
  /** Past the start of exit(2), in which descriptors and directories go before the state becomes Z. */
  readonly exiting: boolean;
  readonly nice: number;
  readonly threads: number;
  /** Clock ticks since boot. */
  readonly startTime: number;
}

// include/linux/sched.h
const PF_EXITING = 0x4;
const PF_KTHREAD = 0x200000;

const fieldsUpToStartTime = 22;

/** Fields of a stat line; unreadable if it is cut short or has a state letter that proc_pid_stat(5) does not know. */
export function parseProcPidStat(text: string): Fact<ProcPidStat> {
  // The command name may hold spaces and ')': fields start after the last one.
  const opening = text.indexOf('(');
  const closing = text.lastIndexOf(')');
  const fields = closing < 0 ? [] : text.slice(closing + 2).split(' ');
  const known = opening < 0 || closing < opening ? 0 : fields.length + 2;
  if (known < fieldsUpToStartTime) return unreadable(`stat is cut short: ${JSON.stringify(text)}`);
  const field = (number: number) => fields[number - 3] ?? '';
  const state = field(3);
  if (!isProcessState(state)) return unreadable(`stat has the unknown state ${JSON.stringify(state)}`);
  const flags = Number(field(9));
  return {
    commandName: text.slice(opening + 1, closing),
    state,
    parent: Number(field(4)),
    processGroup: Number(field(5)),
    session: Number(field(6)),
    terminal: Number(field(7)),
    foregroundProcessGroup: Number(field(8)),
    kernelThread: (flags & PF_KTHREAD) !== 0,
    exiting: (flags & PF_EXITING) !== 0,
    nice: Number(field(19)),
    threads: Number(field(20)),
    startTime: Number(field(22)),
  };
}

export function isProcessState(letter: string): letter is ProcessState {
  return letter.length === 1 && 'RSDTtZXIP'.includes(letter);
}

export type StatReading =
  | { readonly kind: 'read'; readonly stat: ProcPidStat }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly because: string };

/** Reads /proc/PID/stat or /proc/PID/task/TID/stat. ENOENT (no such process) and ESRCH (ended while open) are `absent`. */
export function readProcPidStat(path: string): StatReading {
  let text: string;
  try {
    text = textOf(path);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ESRCH') return { kind: 'absent' };
    // Everybody may read stat (mode 0444); EPERM comes from hidepid=1, proc(5).
    const hint = errno === 'EPERM' ? ', as /proc mounted with hidepid answers' : '';
    return { kind: 'unreadable', because: `${errno} on ${path}${hint}` };
  }
  const stat = parseProcPidStat(text);
  return 'unreadable' in stat
    ? { kind: 'unreadable', because: `${path}: ${stat.unreadable}` }
    : { kind: 'read', stat };
}
