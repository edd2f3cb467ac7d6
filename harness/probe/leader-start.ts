/**
 * The program leads the session of its terminal, as under `ssh -t host prog`: when it returns, the kernel sends SIGHUP
 * to the foreground process group, and whatever has not left it by then is ended. Whether that is a race is decided by
 * two starts, in which children go last and first: what any scheduler may do lies between the two.
 *
 * Where processes cannot be held, starts are sampled. Who wins then depends on how fast the other processor wakes for the
 * child, and one that was busy a moment ago wakes faster: so each start finds the machine at rest.
 */

import type { DecidedBy, Survival, Unavailable } from '../facts/finding.ts';
import type { HeldProcess, HeldSpan, Order } from '../facts/held-start.ts';
import type { ObservedProcess } from '../facts/run.ts';
import { takeSnapshot } from '../follow/snapshot.ts';
import { type Event, is } from '../launch/events.ts';
import type { StageEvent } from '../launch/protocol.ts';
import { startStates } from '../launch/start-states.ts';
import { nowMs } from '../libc/time.ts';
import { lookUntil } from '../observe/look-until.ts';
import { heldLine, heldSpans, heldStart, isUnavailable, whyNotHeld } from './held-starts.ts';
import type { Probe } from './probe.ts';
import { type LaunchOptions, type ProbeContext, treeOf } from './probe-context.ts';
import { repeatedly } from './repeatedly.ts';
import { endingOf, type Outcome, outcomeOf, survivalOf } from './survival.ts';

/** One start, with who was held in it. */
export interface ScheduledStart {
  readonly order: Order;
  readonly held: readonly HeldSpan[];
  /** Held when the starter returned. */
  readonly heldAtReturn: readonly HeldProcess[];
  /** How the starter ended; null if it did not. */
  readonly starter: string | null;
  readonly daemon: number | null;
  /** How the daemon ended; null if it is still there. */
  readonly ending: string | null;
  readonly decidedBy: DecidedBy;
  readonly afterMs: number;
  readonly evidence: readonly string[];
}

/** A race between starter and daemon, decided. */
export interface ScheduledStarts {
  readonly kind: 'scheduled-starts';
  readonly starts: readonly ScheduledStart[];
  /** Starts as they fall, for information, where a number of them was asked for. */
  readonly sampled: { readonly attempts: number; readonly survived: number } | null;
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'leader-start': ScheduledStarts | Survival;
  }
}

/** Twenty of twenty say with 95 % confidence that fewer than one start in seven fails. */
const sampledStarts = { times: 20, withinMs: 10_000 };
/** After 20 ms rates were still those of a busy machine, after 40 and 80 ms those of loops by hand. Milliseconds. */
const restMs = 40;

type EndEvent = Event<'returned' | 'ended'>;
const isEnded = is('returned', 'ended');

interface LeaderOutcome extends Outcome {
  readonly daemon: number | null;
  readonly events: readonly StageEvent[];
}

function noneLeft(events: readonly StageEvent[], returned: EndEvent): LeaderOutcome {
  const last = events.filter(isEnded).filter(({ pid }) => pid !== returned.pid);
  const end = last.findLast(({ signal }) => signal !== null) ?? last.at(-1) ?? returned;
  return {
    decidedBy: 'ended',
    ending: endingOf(end),
    exitCode: end.exitCode,
    signal: end.signal,
    afterMs: Math.max(0, end.atMs - returned.atMs),
    evidence: [`wait status of process ${end.pid}: ${endingOf(end)}`],
    daemon: end.pid === returned.pid ? null : end.pid,
    events,
  };
}

async function attempt(
  context: ProbeContext,
  extra: Partial<LaunchOptions>,
): Promise<LeaderOutcome | Unavailable> {
  const { signal, timeoutMs } = context;
  const start = { ...startStates.leader, freshDirectory: context.plainStart.freshDirectory };
  return context.launched(
    { start, restsOn: ['terminal', 'session-leader'], ...extra },
    async (launch): Promise<LeaderOutcome> => {
      const { events } = launch;
      const tree = await treeOf(launch, false);
      const deadlineMs = nowMs() + timeoutMs;
      // Looking again and again would keep the processors awake.
      const returned = await launch.until(is('returned', 'lost'), deadlineMs);
      if (returned === null || returned.type === 'lost') {
        const nothing = {
          exitCode: null,
          signal: null,
          afterMs: timeoutMs,
          evidence: [],
          daemon: null,
          events,
        };
        return { ...nothing, decidedBy: 'deadline', ending: 'the starter did not return' };
      }
      // SIGHUP was queued before the starter could be waited for, _Exit() in POSIX.1-2024.
      // Who was in the foreground group then is not known, so everybody counts as reached.
      const signals = ['SIGHUP', 'SIGCONT'];
      const stimulus = { atMs: returned.atMs, signals, onTerminal: true, reached: [returned.pid] };
      const look = (): ObservedProcess | 'none' | null => {
        const { processes, daemon, whole } = takeSnapshot(tree);
        // While one process ends the kernel may leave out another that lives, proc_tid_children(5).
        if (!whole) return null;
        return processes.length === 0 ? 'none' : (processes.find(({ pid }) => pid === daemon) ?? null);
      };
      for (;;) {
        const found = await lookUntil(look, { deadlineMs, signal });
        if (found === null || found === 'none') {
          // The word of its end may come a little later than the look that no longer finds it.
          const isOther = (event: StageEvent): boolean => isEnded(event) && event.pid !== returned.pid;
          const soon = { deadlineMs: nowMs() + 50, signal };
          await lookUntil(() => (events.some(isOther) ? true : null), soon);
          return noneLeft(events, returned);
        }
        const by = { withinMs: context.timeoutMs, signal };
        const outcome = await outcomeOf({ launch, tree, daemon: found }, stimulus, by);
        // A process between starter and daemon ends on its way: then the next one is looked at.
        if (outcome.decidedBy !== 'ended') return { ...outcome, daemon: found.pid, events };
      }
    },
  );
}

async function scheduled(
  context: ProbeContext,
  order: Order,
): Promise<(LeaderOutcome & { readonly start: ScheduledStart }) | Unavailable> {
  const outcome = await attempt(context, { held: heldStart(context, { order }) });
  if (isUnavailable(outcome)) return outcome;
  const { events, daemon, ending, decidedBy, afterMs, evidence } = outcome;
  const held = heldSpans(events);
  const returned = events.find(is('returned'));
  return {
    ...outcome,
    start: {
      order,
      held,
      heldAtReturn: events.find(is('held-at-return'))?.held ?? [],
      starter: returned === undefined ? null : endingOf(returned),
      daemon,
      ending,
      decidedBy,
      afterMs,
      evidence: [...held.filter(({ pid }) => pid === daemon).map(heldLine), ...evidence],
    },
  };
}

async function sampled(context: ProbeContext): Promise<Survival | Unavailable> {
  const outcomes = await repeatedly(context, sampledStarts, () => attempt(context, { restMs }));
  return 'kind' in outcomes ? outcomes : survivalOf(outcomes, []);
}

type Scheduled = Awaited<ReturnType<typeof scheduled>>;

/** Who has not been ended by then has to stand, or takes long to start: meanwhile the processors are free. Milliseconds. */
const secondAfterMs = 150;

/**
 * The start with children last, and how to have the one with children first: where the former takes its time, and
 * instances are in nobody's way, it has been made beside it. Either way nothing runs any more that was begun here.
 */
async function lastAndFirst(
  context: ProbeContext,
): Promise<{ readonly last: Scheduled; readonly childFirst: () => Promise<Scheduled> }> {
  const early: Promise<Scheduled>[] = [];
  const begin = (): Promise<Scheduled> => scheduled(context, 'child-first');
  const timer = setTimeout(() => {
    const first = begin();
    early.push(first);
    // Told where it is asked for.
    first.catch(() => {});
  }, secondAfterMs);
  if (context.emptyWorld === null) clearTimeout(timer);
  try {
    const last = await scheduled(context, 'child-last');
    return { last, childFirst: () => early[0] ?? begin() };
  } finally {
    clearTimeout(timer);
    await Promise.allSettled(early);
  }
}

async function find(context: ProbeContext): Promise<ScheduledStarts | Survival | Unavailable> {
  const { last, childFirst } = await lastAndFirst(context);
  if (isUnavailable(last)) return last;
  const why = whyNotHeld(last.events, context, last.daemon);
  if (why !== null) {
    const found = await sampled(context);
    return isUnavailable(found)
      ? found
      : { ...found, evidence: [...found.evidence, `starts were sampled, not held: ${why}`] };
  }
  const starts = [last.start];
  // One loss is enough; and where it goes well with children last, they may still be too early.
  if (last.start.ending === null) {
    const first = await childFirst();
    if (isUnavailable(first)) return first;
    starts.push(first.start);
  }
  if (context.repeat === null || context.repeat < 2)
    return { kind: 'scheduled-starts', starts, sampled: null };
  const found = await sampled(context);
  if (isUnavailable(found)) return found;
  const { attempts, survived } = found;
  return { kind: 'scheduled-starts', starts, sampled: { attempts, survived } };
}

export const leaderStart: Probe<'leader-start'> = {
  name: 'leader-start',
  start: 'leader, with children last and first',
  repeated: false,
  foreground: false,
  run: (context) => context.inTurn(() => find(context)),
};
