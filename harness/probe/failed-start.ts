/** A start with something that was changed, and all that is there afterwards. */

import { existsSync } from 'node:fs';
import type { StartOutcome, Unavailable } from '../facts/finding.ts';
import { placeOf } from '../launch/place-of.ts';
import { attemptOf } from './attempt.ts';
import type { LaunchOptions, ProbeContext } from './probe-context.ts';

/** @param asBefore it is to start as it does otherwise */
export function startWith(
  context: ProbeContext,
  changed: Partial<LaunchOptions>,
  asBefore = false,
): Promise<StartOutcome | Unavailable> {
  const { pidfile } = context.declared;
  return context.inTurn(() => {
    const before = context.emptyWorld === null && pidfile !== null && existsSync(pidfile);
    return context.launched(
      { start: context.plainStart, restsOn: [], ...changed },
      async (launch): Promise<StartOutcome> => {
        const { start } = await attemptOf(context, launch, { asBefore });
        return {
          kind: 'started',
          foreground: context.declared.foreground,
          start,
          pidfile: pidfile === null || before ? null : existsSync(placeOf(launch, pidfile)),
        };
      },
    );
  });
}
