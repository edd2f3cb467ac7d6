/** What a pidfile says. LSB, Init Script Functions, pidofproc: its first line counts, more may stand below. */

import type { FileReading } from '../facts/file.ts';
import type { RemainingProcess } from '../facts/finding.ts';

/** The process ID in its first line; null without one. */
export function pidIn(text: string): number | null {
  const [, digits] = /^\s*([1-9][0-9]*)\s*(?:\n|$)/.exec(text) ?? [];
  const pid = Number(digits);
  return Number.isSafeInteger(pid) && pid > 1 ? pid : null;
}

/** The same where the line is complete: who reads it then knows that no digit is missing. */
export function completePidIn(text: string): number | null {
  return /^[1-9][0-9]*\n/.test(text) ? pidIn(text) : null;
}

/** It is there, complete, and names one of these processes. */
export function namesOneOf(
  file: FileReading,
  processes: readonly Pick<RemainingProcess, 'pid' | 'inside'>[],
): boolean {
  if ('absent' in file) return false;
  const named = completePidIn(file.text);
  return processes.some(({ pid, inside = pid }) => inside === named);
}
