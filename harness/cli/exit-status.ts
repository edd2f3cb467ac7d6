/** Exit statuses as in DESIGN.md; 77 is what Automake, Meson and CTest take for skipped. */

import type { Verdict } from '../facts/result.ts';
import type { FailOn } from '../judge/profile.ts';
import type { PromiseVerdict } from '../report/suite/report.ts';
import type { StopSignal } from './io.ts';

export const exitStatus = {
  conforms: 0,
  'does-not-conform': 1,
  'not-judged': 3,
  'not-applicable': 77,
} as const satisfies Record<Verdict, number>;

/** Whoever lets nothing fail the run still hears of misuse and of what failed in here. */
export function statusOf(verdict: Verdict, failOn: FailOn): number {
  return failOn === 'never' ? exitStatus.conforms : exitStatus[verdict];
}

export const usageErrorStatus = 2;
export const harnessFailedStatus = 3;

/** As a shell reports a program that a signal ended. */
export const stopStatus: Readonly<Record<StopSignal, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** A broken promise fails; one that could not be resolved is not judged; nothing that holds is nothing applicable. */
export function suiteStatus(summary: Readonly<Record<PromiseVerdict, number>>): number {
  if (summary.broken > 0) return exitStatus['does-not-conform'];
  if (summary.unresolved > 0) return exitStatus['not-judged'];
  return summary.holds > 0 ? exitStatus.conforms : exitStatus['not-applicable'];
}
