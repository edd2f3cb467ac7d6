/** /proc/PID/cmdline, proc_pid_cmdline(5): arguments, each ended by NUL. Empty for zombies and kernel threads. */

import { type Fact, isUnreadable } from '../../facts/process.ts';
import { reading, textOf } from './reading.ts';

/** A program that writes its title over its arguments may leave no final NUL: then the rest is one argument. */
export function parseProcPidCmdline(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\0') ? text.slice(0, -1) : text).split('\0');
}

export function readProcPidCmdline(path: string): Fact<string[]> {
  const text = reading(path, textOf);
  return isUnreadable(text) ? text : parseProcPidCmdline(text);
}
