/** The declared pidfile at the moment the starter returns, which may be a race, and when the program has settled. */

import type { FileReading } from '../facts/file.ts';
import type { RemainingProcess, Unavailable } from '../facts/finding.ts';
import type { ProcessFacts } from '../facts/process.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { ownPid, placeOf } from '../launch/place-of.ts';
import type { StageEvent } from '../launch/protocol.ts';
import { readBeginning } from '../observe/file-reading.ts';
import { namesOneOf } from '../observe/pidfile-text.ts';
import { withPidfile } from './declared-pidfile.ts';
import { type Decision, decideOrSample, heldStart, whyNotHeld } from './held-starts.ts';
import type { Probe } from './probe.ts';
import type { ProbeContext, SettledLaunch } from './probe-context.ts';
import { remainingOf } from './processes.ts';
import { type RepetitionRule, tally } from './repeatedly.ts';

/** What was found of the declared pidfile, after one launch that was not right where there was one. */
export interface PidfileState {
  readonly kind: 'pidfile';
  readonly path: string;
  /** Launches, and after how many of them it was complete and named a process of the program. */
  readonly attempts: number;
  readonly complete: number;
  /** Why starts were sampled; null where one that was held decided. */
  readonly sampledBecause: string | null;
  /** Read by the stage the moment the starter had been waited for. */
  readonly atReturn: FileReading;
  readonly settled: FileReading;
  readonly daemon: number;
  /** Processes of the program once it had settled. */
  readonly survivors: readonly RemainingProcess[];
  /** User who launched it. */
  readonly userId: number;
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly pidfile: PidfileState;
  }
}

/** Where a start cannot be held. */
const usually: RepetitionRule = { times: 10, withinMs: 2000 };

type Look = Omit<PidfileState, 'attempts' | 'complete' | 'sampledBecause'>;

function readByStage(events: readonly StageEvent[]): FileReading {
  for (const event of events) if (event.type === 'acted' && event.file !== null) return event.file;
  return { absent: 'the starter did not return' };
}

function knownAs(launch: Launch, process: ProcessFacts): RemainingProcess {
  const inside = ownPid(launch, process);
  return { ...remainingOf(process), ...(inside === process.pid ? {} : { inside }) };
}

function lookOf({ launch, run, daemon }: SettledLaunch, path: string): Look {
  return {
    kind: 'pidfile',
    path,
    atReturn: readByStage(launch.events),
    settled: readBeginning(placeOf(launch, path)),
    daemon: daemon.pid,
    survivors: run.processes.filter(({ state }) => state !== 'Z').map((one) => knownAs(launch, one)),
    userId: run.launch.userId,
  };
}

async function lookAtReturn(context: ProbeContext, path: string): Promise<PidfileState | Unavailable> {
  const whenReturned = [{ kind: 'read-file', path }] as const;
  const options = { start: context.plainStart, restsOn: [], whenReturned };
  // What is not there while children go last is not sure to be there.
  const held = () =>
    context.settled({ ...options, held: heldStart(context) }, async (settled): Promise<Decision<Look>> => {
      const { launch, daemon } = settled;
      const why = whyNotHeld(launch.events, context, daemon.pid);
      return { found: lookOf(settled, path), whyNotHeld: why };
    });
  const sample = () => context.settled(options, async (settled) => lookOf(settled, path));
  const looks = await decideOrSample(context, usually, held, sample);
  if ('kind' in looks) return looks;
  const { shown, attempts, well } = tally(looks.all, ({ atReturn, survivors }) =>
    namesOneOf(atReturn, survivors),
  );
  return { ...shown, attempts, complete: well, sampledBecause: looks.whySampled };
}

export const pidfile: Probe<'pidfile'> = {
  name: 'pidfile',
  start: 'clean',
  repeated: false,
  foreground: false,
  run: (context) => withPidfile(context, (path) => lookAtReturn(context, path)),
};
