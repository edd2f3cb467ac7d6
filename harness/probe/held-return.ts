/**
 * One start in which children go last, and which is held on when the starter has returned: the launch that the probes
 * of that moment share. What is not there then is not sure to be there whenever a starter returns.
 */

import { type Unavailable, unavailable } from '../facts/finding.ts';
import type { HeldSpan } from '../facts/held-start.ts';
import type { ObservedProcess } from '../facts/run.ts';
import { type Snapshot, type Tree, takeSnapshot } from '../follow/snapshot.ts';
import { is } from '../launch/events.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';
import { answerOf, type CommandAnswer, returnOf } from './command-answer.ts';
import { continueIt, type PreparedCommand, prepare } from './declared-command.ts';
import { heldSpans, heldStart, isUnavailable, whyNotHeld } from './held-starts.ts';
import { lookAt, type PidfileLook } from './pidfile-look.ts';
import { type LaunchOptions, type ProbeContext, type SettledLaunch, treeOf } from './probe-context.ts';
import { lateText, showNextPrompt, showPrompt } from './prompts.ts';

export interface HeldReturn {
  /** As they were held, or slept, when the starter had returned. */
  readonly processes: readonly ObservedProcess[];
  readonly held: readonly HeldSpan[];
  /** Why this says nothing about other starts; null where it does. */
  readonly whyNotHeld: string | null;
  /** Forks of the start up to its return; or why they cannot be held. */
  readonly forks: number | string;
  /** What they became when they were let go. */
  readonly settled: (SettledLaunch['run'] & { readonly daemon: number }) | Unavailable;
  /** Unavailable where none is declared, as the answer is where no command is. */
  readonly pidfile: PidfileLook | Unavailable;
  readonly answer: CommandAnswer | Unavailable;
  /** What appeared on the terminal after the return, until they had settled; empty where they did not. */
  readonly lateText: string;
}

/** Nobody who is held moves: a look that is not whole met an end that is being waited for. Milliseconds. */
const standsWithinMs = 1000;

/** Who is held would go on: that it has stopped is our doing. */
function asHeld(each: ObservedProcess): ObservedProcess {
  return each.state === 't' ? { ...each, state: 'R' } : each;
}

async function lookAtHeld(context: ProbeContext, tree: Tree): Promise<readonly ObservedProcess[]> {
  let last: Snapshot | null = null;
  const look = (): Snapshot | null => {
    last = takeSnapshot(tree);
    return last.whole ? last : null;
  };
  const within = { deadlineMs: nowMs() + standsWithinMs, signal: context.signal };
  const { processes } = (await lookUntil(look, within)) ?? last ?? takeSnapshot(tree);
  return processes.map(asHeld);
}

async function answerWhileHeld(
  context: ProbeContext,
  launch: Launch,
  returnedMs: number,
  prepared: PreparedCommand | null,
): Promise<CommandAnswer | Unavailable> {
  const letGo = () => launch.act({ kind: 'let-go' });
  const command = context.declared.ready;
  if (command === null || prepared === null) {
    await letGo();
    return unavailable('no command for it could be started');
  }
  // A command that waits for somebody who is held, and is answered later, was answered.
  const timer = setTimeout(() => void letGo().catch(() => {}), heldStart(context).holdMs);
  try {
    const subject = { launch, returnedMs };
    return await answerOf(context, { command, prepared }, subject, continueIt(prepared), letGo);
  } finally {
    clearTimeout(timer);
  }
}

async function observe(context: ProbeContext, prepared: PreparedCommand | null) {
  const { pidfile } = context.declared;
  const options: LaunchOptions = {
    start: context.plainStart,
    restsOn: [],
    held: heldStart(context, { heldAfterReturn: true }),
    whenReturned: [showPrompt, ...(pidfile === null ? [] : [{ kind: 'read-file', path: pidfile } as const])],
    ...(prepared === null ? {} : { within: prepared.launch }),
  };
  return context.launched(options, async (launch): Promise<HeldReturn | Unavailable> => {
    const tree = await treeOf(launch, false);
    const returned = await returnOf(context, launch);
    if (returned === null) return unavailable('the starter did not return while new processes were held');
    // What was read for the pidfile, before anybody acts on this launch.
    const read = launch.events.filter(is('acted')).find(({ file }) => file !== null)?.file;
    const forks = whyNotHeld(launch.events, context, null) ?? launch.events.filter(is('held')).length;
    const processes = await lookAtHeld(context, tree);
    const answer = await answerWhileHeld(context, launch, returned.atMs, prepared);
    const settled = await context.settle(launch, context.plainStart);
    const daemon = isUnavailable(settled) ? null : settled.daemon.pid;
    const common = {
      processes,
      held: heldSpans(launch.events),
      forks,
      whyNotHeld: whyNotHeld(launch.events, context, daemon),
      answer,
    };
    if (isUnavailable(settled)) return { ...common, settled, pidfile: settled, lateText: '' };
    await showNextPrompt(launch, context.signal);
    return {
      ...common,
      lateText: lateText(launch),
      settled: { ...settled.run, daemon: settled.daemon.pid },
      pidfile:
        pidfile === null
          ? unavailable('none is declared')
          : lookAt(settled, pidfile, read ?? { absent: 'it was not read' }),
    };
  });
}

async function holdOnce(context: ProbeContext): Promise<HeldReturn | Unavailable> {
  const { ready } = context.declared;
  const prepared = ready === null ? null : await prepare(context, ready);
  try {
    return await observe(context, prepared);
  } finally {
    await prepared?.launch.end();
  }
}

const known = new WeakMap<ProbeContext, Promise<HeldReturn | Unavailable>>();

/** In a turn of its own, for all that ask for it together: never within a turn. */
export function heldReturn(context: ProbeContext): Promise<HeldReturn | Unavailable> {
  const found = known.get(context) ?? context.inTurn(() => holdOnce(context));
  known.set(context, found);
  return found;
}
