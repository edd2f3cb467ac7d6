/** The declared pidfile at the moment the starter returns, which may be a race, and when the program has settled. */

import type { FileReading } from '../facts/file.ts';
import type { Unavailable } from '../facts/finding.ts';
import type { StageEvent } from '../launch/protocol.ts';
import { namesOneOf } from '../observe/pidfile-text.ts';
import { withPidfile } from './declared-pidfile.ts';
import { heldReturn } from './held-return.ts';
import { type Decision, decideOrSample, isUnavailable } from './held-starts.ts';
import { lookAt, type PidfileLook } from './pidfile-look.ts';
import type { Probe } from './probe.ts';
import type { ProbeContext } from './probe-context.ts';
import { type RepetitionRule, tally } from './repeatedly.ts';

/** What was found of the declared pidfile, after one launch that was not right where there was one. */
export interface PidfileState extends PidfileLook {
  readonly kind: 'pidfile';
  /** Launches, and after how many of them it was complete and named a process of the program. */
  readonly attempts: number;
  readonly complete: number;
  /** Why starts were sampled; null where one that was held decided. */
  readonly sampledBecause: string | null;
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly pidfile: PidfileState;
  }
}

/** Where a start cannot be held. */
const usually: RepetitionRule = { times: 10, withinMs: 2000 };

function readByStage(events: readonly StageEvent[]): FileReading {
  for (const event of events) if (event.type === 'acted' && event.file !== null) return event.file;
  return { absent: 'the starter did not return' };
}

async function lookHeld(context: ProbeContext): Promise<Decision<PidfileLook> | Unavailable> {
  const held = await heldReturn(context);
  if (isUnavailable(held)) return held;
  const { pidfile: look, whyNotHeld } = held;
  return isUnavailable(look) ? look : { found: look, whyNotHeld };
}

async function lookAtReturn(context: ProbeContext, path: string): Promise<PidfileState | Unavailable> {
  const whenReturned = [{ kind: 'read-file', path }] as const;
  const options = { start: context.plainStart, restsOn: [], whenReturned };
  const sample = () =>
    context.inTurn(() =>
      context.settled(options, async (settled) => lookAt(settled, path, readByStage(settled.launch.events))),
    );
  const looks = await decideOrSample(context, usually, () => lookHeld(context), sample);
  if ('kind' in looks) return looks;
  const { shown, attempts, well } = tally(looks.all, ({ atReturn, survivors }) =>
    namesOneOf(atReturn, survivors),
  );
  return { kind: 'pidfile', ...shown, attempts, complete: well, sampledBecause: looks.whySampled };
}

export const pidfile: Probe<'pidfile'> = {
  name: 'pidfile',
  start: 'clean',
  repeated: false,
  foreground: false,
  run: async (context) => {
    // The start that is held has a turn of its own.
    const path = await withPidfile(context, async (free) => free);
    return typeof path === 'string' ? lookAtReturn(context, path) : path;
  },
};
