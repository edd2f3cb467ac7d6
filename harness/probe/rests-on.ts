/** What a probe rests on of its start, and whether the canary showed it. */

import { type Unavailable, unavailable } from '../facts/finding.ts';
import type { DimensionName } from '../facts/start-state.ts';
import type { CanaryReading } from '../launch/canary.ts';

const wouldHelp: Readonly<Partial<Record<DimensionName, string>>> = {
  'soft-descriptor-limit': 'CAP_SYS_RESOURCE, or a hard limit that is high enough (ulimit -Hn)',
};

/** Null if nothing is missing. */
export function missing(reading: CanaryReading, restsOn: readonly DimensionName[]): Unavailable | null {
  for (const name of restsOn) {
    const seen = reading.established[name];
    if (seen?.established === true) continue;
    return unavailable(
      `${name} could not be established: ${seen?.because ?? 'no canary showed it'}`,
      wouldHelp[name] ?? 'daemon-conformance doctor says what this machine can launch',
    );
  }
  return null;
}
