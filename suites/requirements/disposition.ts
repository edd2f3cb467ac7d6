/** What a process does with a signal. */

import type { SignalSets } from '../../harness/facts/process.ts';
import type { Disposition } from '../../harness/judge/profile.ts';

export function dispositionOf(signal: string, { ignored, caught }: SignalSets): Disposition {
  if (ignored.includes(signal)) return 'ignored';
  return caught.includes(signal) ? 'caught' : 'default';
}

/** Those of `signals` that are ignored after the hostile start and by no process of that role after the clean one. */
export function inheritedIgnores(
  signals: readonly string[],
  hostile: { readonly signals: SignalSets },
  clean: readonly { readonly signals: SignalSets }[],
): readonly string[] {
  return signals.filter(
    (signal) =>
      hostile.signals.ignored.includes(signal) &&
      !clean.some((each) => each.signals.ignored.includes(signal)),
  );
}
