/**
 * The declared command, run the instant the starter returns. Its process is launched before the program and stops
 * itself, so that from the return on it only has to be continued.
 */

import { notRun, type Unavailable, unavailable } from '../facts/finding.ts';
import type { HeldStart } from '../facts/held-start.ts';
import { lookUntil } from '../follow/look-until.ts';
import { nowMs } from '../follow/snapshot.ts';
import { type Event, is } from '../launch/events.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { continueIt, endedBy, type PreparedCommand, prepare } from './declared-command.ts';
import { type Decision, decideOrSample, heldStart, whyNotHeld } from './held-starts.ts';
import type { Probe } from './probe.ts';
import type { ProbeContext } from './probe-context.ts';
import { type RepetitionRule, tally } from './repeatedly.ts';
import { endingOf, endOf } from './survival.ts';

/** The declared command, run at once when the starter had returned; of a launch that was not ready where there was one. */
export interface Readiness {
  readonly kind: 'readiness';
  readonly command: string;
  /** Launches, and after how many of them the command succeeded at once. */
  readonly attempts: number;
  readonly ready: number;
  /** Why starts were sampled; null where one that was held decided. */
  readonly sampledBecause: string | null;
  readonly ending: string;
  /** What it wrote, one line. */
  readonly said: string;
  /** From the starter's return to the moment the command went on. */
  readonly begunAfterMs: number;
  /** From the starter's return to the first success; null if there was none. */
  readonly succeededAfterMs: number | null;
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly readiness: Readiness;
  }
}

/** Where a start cannot be held. */
const usually: RepetitionRule = { times: 10, withinMs: 2000 };

type Answer = Omit<Readiness, 'attempts' | 'ready' | 'sampledBecause'>;

const isReturned = is('returned');

function lastLine({ launch }: PreparedCommand): string {
  const pieces = launch.events.flatMap((event) =>
    event.type === 'output' ? [Buffer.from(event.base64, 'base64')] : [],
  );
  return Buffer.concat(pieces).toString('utf8').trim().split('\n').at(-1)?.slice(0, 200) ?? '';
}

/** Again and again, since a daemon that is ready a little later says something else than one that never is. */
async function firstSuccess(
  context: ProbeContext,
  command: string,
  within: Launch,
  deadlineMs: number,
): Promise<number | null> {
  while (nowMs() < deadlineMs) {
    const again = await prepare(context, command, within);
    if (again === null) return null;
    try {
      await continueIt(again);
      const end = await endOf(again.launch, again.pid, deadlineMs);
      if (end?.exitCode === 0) return end.atMs;
    } finally {
      await again.launch.end();
    }
  }
  return null;
}

/** As long a daemon may take that is not ready when its starter returns, to be told from one that never will be. */
const laterWithinMs = 2000;

/** @param held what is held at the return is let go when the command has been answered */
async function askAtReturn(
  context: ProbeContext,
  command: string,
  held: HeldStart | null,
): Promise<Decision<Answer> | Unavailable> {
  const prepared = await prepare(context, command);
  if (prepared === null) return unavailable('the command for it could not be started');
  try {
    const within = prepared.launch;
    const options = { start: context.plainStart, restsOn: [], within, ...(held === null ? {} : { held }) };
    return await context.launched(options, async (launch) => {
      let begun: Promise<Event<'acted'>> | null = null;
      const stop = launch.onEvent((event) => {
        if (isReturned(event)) begun ??= continueIt(prepared);
      });
      try {
        const deadlineMs = nowMs() + context.timeoutMs;
        const look = (): Event<'returned'> | null => launch.events.find(isReturned) ?? null;
        const returned = await lookUntil(look, { deadlineMs, signal: context.signal });
        if (returned === null || begun === null) return unavailable('the starter did not return');
        const { atMs } = (await begun) as Event<'acted'>;
        const end = await endedBy(context, prepared);
        if (held !== null) await launch.act({ kind: 'let-go' });
        const succeeded = end?.exitCode === 0;
        const untilMs = nowMs() + laterWithinMs;
        const later = succeeded ? end.atMs : await firstSuccess(context, command, launch, untilMs);
        const found = {
          kind: 'readiness' as const,
          command,
          ending: end === null ? 'no end within the time limit' : endingOf(end),
          said: lastLine(prepared),
          begunAfterMs: Math.max(0, atMs - returned.atMs),
          succeededAfterMs: later === null ? null : Math.max(0, later - returned.atMs),
        };
        return { found, whyNotHeld: whyNotHeld(launch.events, context, null) };
      } finally {
        stop();
      }
    });
  } finally {
    await prepared.launch.end();
  }
}

const isReady = ({ ending }: Answer): boolean => ending === endingOf({ exitCode: 0, signal: null });

async function askOnce(context: ProbeContext, command: string): Promise<Readiness | Unavailable> {
  const held = heldStart(context, { heldAfterReturn: true });
  const sample = async () => {
    const asked = await askAtReturn(context, command, null);
    return 'kind' in asked ? asked : asked.found;
  };
  const decided = () => askAtReturn(context, command, held);
  const answers = await decideOrSample(context, usually, decided, sample);
  if ('kind' in answers) return answers;
  const { shown, attempts, well } = tally(answers.all, isReady);
  return { ...shown, attempts, ready: well, sampledBecause: answers.whySampled };
}

export const readiness: Probe<'readiness'> = {
  name: 'readiness',
  start: 'clean',
  repeated: false,
  foreground: false,
  run: async (context) => {
    const { ready } = context.declared;
    return ready === null
      ? notRun('no command is declared that tells whether it is ready: --ready COMMAND')
      : context.inTurn(() => askOnce(context, ready));
  },
};
