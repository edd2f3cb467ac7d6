/**
 * The program leads the session of its terminal, as under `ssh -t host prog`: when it returns, the kernel sends SIGHUP
 * to the foreground process group, and whatever has not left it by then is ended. That is a race, so it is run many
 * times. Sixty survivals of sixty say with 95 % confidence that fewer than one start in twenty fails.
 *
 * Who wins depends on how fast the other processor wakes for the child, and one that was busy a moment ago wakes faster
 * (haltpoll, and hosts that poll for a virtual machine): launched one after the other, dbus-daemon survived 47 of 60
 * starts where it survived 11 by hand. So after a search beside the other probes, which costs no time of its own, starts
 * find the machine at rest, as whoever logs in does; and where not all survive, it is their rate that is reported.
 */

import type { Survival, Unavailable } from '../facts/finding.ts';
import type { ObservedProcess } from '../facts/run.ts';
import { lookUntil } from '../follow/look-until.ts';
import { nowMs, takeSnapshot } from '../follow/snapshot.ts';
import type { StageEvent } from '../launch/protocol.ts';
import { startStates } from '../launch/start-states.ts';
import type { Probe } from './probe.ts';
import { type LaunchOptions, type ProbeContext, treeOf } from './probe-context.ts';
import { repeatedly, sideBySide } from './repeatedly.ts';
import { endingOf, type Outcome, outcomeOf, survivalOf } from './survival.ts';

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'leader-start': Survival;
  }
}

const usualAttempts = 60;
const besideOthers = 2 / 3;
/** For a program that starts slowly. */
const atRestWithinMs = 20_000;
/** After 20 ms rates were still those of a busy machine, after 40 and 80 ms those of loops by hand. Milliseconds. */
const restMs = 40;

type EndEvent = Extract<StageEvent, { type: 'returned' | 'ended' }>;
const isEnded = (event: StageEvent): event is EndEvent => event.type === 'returned' || event.type === 'ended';
const isReturned = (event: StageEvent): event is Extract<StageEvent, { type: 'returned' | 'lost' }> =>
  event.type === 'returned' || event.type === 'lost';

function noneLeft(events: readonly StageEvent[], returned: EndEvent): Outcome {
  const last = events.filter(isEnded).filter(({ pid }) => pid !== returned.pid);
  const end = last.find(({ signal }) => signal !== null) ?? last.at(-1) ?? returned;
  return {
    decidedBy: 'ended',
    ending: endingOf(end),
    exitCode: end.exitCode,
    signal: end.signal,
    afterMs: Math.max(0, end.atMs - returned.atMs),
    evidence: [`wait status of process ${end.pid}: ${endingOf(end)}`],
  };
}

async function attempt(
  context: ProbeContext,
  rest: Pick<LaunchOptions, 'restMs'>,
): Promise<Outcome | Unavailable> {
  const { signal, timeoutMs } = context;
  const start = { ...startStates.leader, freshDirectory: context.plainStart.freshDirectory };
  return context.launched(
    { start, restsOn: ['terminal', 'session-leader'], ...rest },
    async (launch): Promise<Outcome> => {
      const tree = await treeOf(launch, false);
      const deadlineMs = nowMs() + timeoutMs;
      // Looking again and again would keep the processors awake.
      const returned = await launch.until(isReturned, deadlineMs);
      if (returned === null || returned.type === 'lost') {
        const nothing = { exitCode: null, signal: null, afterMs: timeoutMs, evidence: [] };
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
          await lookUntil(() => (launch.events.some(isOther) ? true : null), soon);
          return noneLeft(launch.events, returned);
        }
        const outcome = await outcomeOf({ launch, tree, daemon: found }, stimulus, {
          withinMs: context.timeoutMs,
          signal,
        });
        // A process between starter and daemon ends on its way: then the next one is looked at.
        if (outcome.decidedBy !== 'ended') return outcome;
      }
    },
  );
}

function together(one: Survival, other: Survival): Survival {
  const [first, second] = one.survived < one.attempts ? [one, other] : [other, one];
  return {
    ...first,
    attempts: one.attempts + other.attempts,
    survived: one.survived + other.survived,
    endings: [...first.endings, ...second.endings],
    afterMs: Math.max(one.afterMs, other.afterMs),
  };
}

const survivedAll = ({ attempts, survived }: Survival): boolean => survived === attempts;

async function survivalAtRest(context: ProbeContext, beside: Survival): Promise<Survival | Unavailable> {
  const attempts = context.repeat ?? usualAttempts;
  const launch = async (times: number) => {
    if (times <= 0) return [];
    const usually = { times, withinMs: atRestWithinMs };
    return repeatedly({ repeat: context.repeat && times }, usually, () => attempt(context, { restMs }));
  };
  const some = await launch(attempts - beside.attempts);
  if ('kind' in some) return some;
  const inAll = together(beside, survivalOf(some, []));
  if (survivedAll(inAll)) return inAll;
  const more = await launch(attempts - some.length);
  if ('kind' in more) return more;
  const atRest = survivalOf([...some, ...more], []);
  if (survivedAll(atRest)) return together(beside, atRest);
  const evidence = `launched beside others it was there ${beside.survived} of ${beside.attempts} times`;
  return { ...atRest, evidence: [...atRest.evidence, evidence] };
}

export const leaderStart: Probe<'leader-start'> = {
  name: 'leader-start',
  start: 'leader',
  repeated: true,
  foreground: false,
  run: async (context) => {
    const attempts = Math.ceil((context.repeat ?? usualAttempts) * besideOthers);
    const outcomes = await sideBySide(context, attempts, () => attempt(context, {}));
    return 'kind' in outcomes ? outcomes : survivalOf(outcomes, []);
  },
  atRest: survivalAtRest,
};
