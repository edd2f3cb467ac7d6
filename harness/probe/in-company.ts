/**
 * Probes that try one daemon, one after the other, for as long as nothing that is done to it reaches it: it is then what
 * it was when it had settled, and the next probe needs no launch of its own. After one that reached it, each of the others
 * has its own.
 */

import type { Survival, Unavailable } from '../facts/finding.ts';
import type { StartState } from '../facts/start-state.ts';
import type { Event } from '../launch/events.ts';
import type { Launch } from '../launch/launcher-client.ts';
import type { Action } from '../launch/protocol.ts';
import { asUnavailable } from './as-unavailable.ts';
import { Gathering } from './gathering.ts';
import type { LaunchOptions, ProbeContext, SettledLaunch } from './probe-context.ts';
import { isFreeOfTerminal } from './processes.ts';
import { type Stimulus, survive } from './survival.ts';

/** What a probe found, and how it leaves the launch. */
export interface Tried<T> {
  readonly found: T | Unavailable;
  /** Nothing that was done reached a process of the program, and the daemon is still there. */
  readonly untouched: boolean;
}

export interface Joining extends Pick<LaunchOptions, 'start' | 'restsOn'> {
  readonly whenReturned?: readonly Action[];
  /** It probably would reach the daemon, or keep the others waiting. */
  readonly alone?: boolean;
}

/**
 * A plain start, for a probe that does something to the terminal or the session: alone where the baseline shows that it
 * would reach somebody, and where the program never sleeps, which is watched for a time from what was done.
 */
export function onTerminal({ plain, plainStart }: ProbeContext): Joining {
  const alone = !isFreeOfTerminal(plain) || plain.settling.by === 'deadline';
  return { start: plainStart, restsOn: ['terminal'], alone };
}

type Body<T> = (settled: SettledLaunch) => Promise<Tried<T>>;

interface Member {
  readonly joining: Joining;
  readonly body: Body<unknown>;
  readonly resolve: (found: unknown) => void;
  readonly reject: (error: unknown) => void;
}

const hungUp = new WeakMap<Launch, Promise<Event<'acted'>>>();

/** Hangs the terminal of the launch up. Once: for whoever wants it later it has happened. */
export function hangUpOnce(launch: Launch): Promise<Event<'acted'>> {
  const acted = hungUp.get(launch) ?? launch.act({ kind: 'hang-up' });
  hungUp.set(launch, acted);
  return acted;
}

/** As `context.settled`, and as `launched` what it makes of an error. */
function settleFor(context: ProbeContext, { joining, body, resolve, reject }: Member): Promise<void> {
  const find = async (settled: SettledLaunch): Promise<unknown> => (await body(settled)).found;
  const orStanding = joining.whenReturned === undefined;
  return context.settled({ ...joining, orStanding }, find).then(resolve, reject);
}

/** Tells a member what was found for it, once it is known that the launch was there to the end. */
type Answer = () => void;

/** What it found, and whether the next one may follow. */
async function tryIt(
  context: ProbeContext,
  { joining, body, resolve, reject }: Member,
  settled: SettledLaunch,
): Promise<{ readonly answer: Answer; readonly untouched: boolean }> {
  try {
    const lacking = await context.lacking(joining);
    const { found, untouched } = lacking === null ? await body(settled) : { found: lacking, untouched: true };
    return { answer: () => resolve(found), untouched };
  } catch (error) {
    const answer = (): void => void Promise.resolve(error).then(asUnavailable).then(resolve, reject);
    return { answer, untouched: false };
  }
}

/**
 * From where those start together who start plainly. Who has left the terminal and the directory meets neither again: so
 * the terminal may stay with the process group of the starter, and the directory may be on a file system of its own, for
 * those who ask for that.
 */
function sharedStart(
  { plainStart, emptyWorld }: Pick<ProbeContext, 'plainStart' | 'emptyWorld'>,
  start: StartState,
): StartState {
  const { terminal, freshDirectory, foregroundKept, ownFileSystem } = plainStart;
  const isPlain = JSON.stringify({ ...start, foregroundKept, ownFileSystem }) === JSON.stringify(plainStart);
  return isPlain && emptyWorld !== null
    ? { ...plainStart, foregroundKept: terminal === 'foreground', ownFileSystem: freshDirectory }
    : start;
}

/** Takes those away whom this launch has served; whoever is left has to have another. */
async function goTogether(context: ProbeContext, left: Member[]): Promise<void> {
  const [first] = left;
  if (first === undefined) return;
  if (left.length === 1) {
    left.shift();
    await settleFor(context, first);
    return;
  }
  const whenReturned = left.flatMap(({ joining }) => joining.whenReturned ?? []);
  const options = {
    start: sharedStart(context, first.joining.start),
    restsOn: [],
    whenReturned,
    orStanding: whenReturned.length === 0,
  };
  const all = async (settled: SettledLaunch): Promise<readonly Answer[]> => {
    const answers: Answer[] = [];
    for (const member of left) {
      const { answer, untouched } = await tryIt(context, member, settled);
      answers.push(answer);
      if (!untouched) break;
    }
    return answers;
  };
  // What keeps this launch from being made, or ends it before its time, keeps theirs from it, and they say so.
  const answers = await context.settled(options, all).catch(() => []);
  if ('kind' in answers) return;
  for (const answer of answers) answer();
  left.splice(0, answers.length);
}

function goAlone(context: ProbeContext, member: Member): Promise<void> {
  return context.inTurn(() => settleFor(context, member));
}

/** By the start from which they go together. */
const gathering = new Gathering<Member, void>();

async function gather(context: ProbeContext, member: Member): Promise<void> {
  const key = JSON.stringify(sharedStart(context, member.joining.start));
  const gone = await gathering.join(context, key, member, (members) => goTogether(context, members));
  await Promise.all((gone?.members ?? []).map((left) => goAlone(context, left)));
}

/**
 * Tries the daemon of a launch from that start, together with all others who ask in the same turn of the event loop, in
 * the order in which they do. Never within a turn.
 */
export function inCompany<T>(
  context: ProbeContext,
  joining: Joining,
  body: Body<T>,
): Promise<T | Unavailable> {
  return new Promise<T | Unavailable>((resolve, reject) => {
    const member: Member = { joining, body, resolve: resolve as Member['resolve'], reject };
    const going = joining.alone === true ? goAlone(context, member) : gather(context, member);
    going.catch(reject);
  });
}

/**
 * As {@link survive}, for a daemon that others may try after it: it is untouched if no signal was sent to a process of
 * the program, and what happened to the terminal happened to nobody of it.
 */
export async function surviveUnreached(
  context: ProbeContext,
  settled: SettledLaunch,
  stimulus: () => Promise<Stimulus>,
): Promise<Tried<Survival>> {
  const found = await survive(context, settled, stimulus);
  const survived = found.kind === 'survival' && found.survived === found.attempts;
  return { found, untouched: survived && found.reached.length === 0 && isFreeOfTerminal(settled.run) };
}
