/** A start with something that was changed, and all that is there afterwards. */

import { existsSync } from 'node:fs';
import type { StartOutcome, Unavailable } from '../facts/finding.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { placeOf } from '../launch/place-of.ts';
import { type Attempt, attemptOf, isStarted } from './attempt.ts';
import { inJointStart } from './joint-start.ts';
import type { LaunchOptions, ProbeContext } from './probe-context.ts';

function outcomeOf(
  { pidfile, foreground }: ProbeContext['declared'],
  launch: Launch,
  { start }: Attempt,
  before: boolean,
): StartOutcome {
  const looked = pidfile !== null && !before;
  return {
    kind: 'started',
    foreground,
    start,
    pidfile: looked ? existsSync(placeOf(launch, pidfile)) : null,
  };
}

/** @param asBefore it is to start as it does otherwise */
export function startWith(
  context: ProbeContext,
  changed: Partial<LaunchOptions>,
  asBefore = false,
): Promise<StartOutcome | Unavailable> {
  const { pidfile } = context.declared;
  return context.inTurn(() => {
    const before = context.emptyWorld === null && pidfile !== null && existsSync(pidfile);
    return context.launched({ start: context.plainStart, restsOn: [], ...changed }, async (launch) =>
      outcomeOf(context.declared, launch, await attemptOf(context, launch, { asBefore }), before),
    );
  });
}

/** Where it is to start as it does otherwise. */
export function startAsBefore(
  context: ProbeContext,
  environment: readonly string[],
): Promise<StartOutcome | Unavailable> {
  return inJointStart<StartOutcome>(context, {
    environment,
    body: async (launch) => {
      const attempt = await attemptOf(context, launch, { asBefore: true });
      return { found: outcomeOf(context.declared, launch, attempt, false), isWell: isStarted(attempt.start) };
    },
    alone: () => startWith(context, { environment }, true),
  });
}
