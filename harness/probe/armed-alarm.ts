/**
 * An alarm is armed before the program is executed, and exec() keeps it. A second process with the same alarm is
 * launched after the program: when it has ended by SIGALRM, the program's alarm must have run out before.
 */

import { type Start, type Unavailable, unavailable } from '../facts/finding.ts';
import { takeSnapshot } from '../follow/snapshot.ts';
import { canaryCommand } from '../launch/canary.ts';
import { findProgram } from '../launch/find-program.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { startStates } from '../launch/start-states.ts';
import { nowMs } from '../libc/time.ts';
import { attemptOf, isStarted } from './attempt.ts';
import { inJointStart } from './joint-start.ts';
import type { Probe } from './probe.ts';
import { type ProbeContext, startedOf, treeOf } from './probe-context.ts';
import { endOf } from './survival.ts';

/** An alarm that the launcher had armed before the program was executed. */
export interface Alarm {
  readonly kind: 'alarm';
  readonly alarmMs: number;
  /** The same alarm ended a process that was launched after the program, so that the program's had run out too. */
  readonly expiredAfterMs: number;
  readonly start: Start;
  readonly daemon: number | null;
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'armed-alarm': Alarm;
  }
}

/** So long a program that starts at once has at least, milliseconds: what is asked of it is the same under any alarm. */
const shortestMs = 20;
/** So long one that was hit then: whoever runs beside it has had the processor by then. */
const againMs = 100;
/** And so long one that was hit once more: alarm(2) gives no less. */
const secondMs = 1000;
/**
 * A program that starts slowly is to have started by then, so many times as slowly: it is asked what it does about the
 * alarm, not how fast it is.
 */
const startsInAlarm = { first: 3, longest: 5 } as const;
/** And one that stays, which does not say when it has started: it had settled by then. */
const settlesInAlarm = 2;

/**
 * One after the other, milliseconds: a start that is slow this once, on a machine that is busy, says nothing of the
 * program. So only the longest decides that an alarm ended it.
 */
function alarmsFor({ plain }: ProbeContext): readonly number[] {
  const { returnedAfterMs } = plain.starter;
  const slow = (times: number): number =>
    returnedAfterMs === null ? plain.settling.afterMs * settlesInAlarm : returnedAfterMs * times;
  const long = Math.max(secondMs, Math.ceil(slow(startsInAlarm.longest) / 1000) * 1000);
  const first = Math.max(shortestMs, Math.ceil(slow(startsInAlarm.first)));
  return [first, ...(first < againMs ? [againMs] : []), long, 2 * long];
}

async function outlive(context: ProbeContext, launch: Launch, alarmMs: number): Promise<Alarm | Unavailable> {
  const sleep = findProgram(canaryCommand[0], { cwd: '/', path: '/bin:/usr/bin' });
  if (sleep.kind !== 'found') return unavailable('there is no sleep(1) to see the alarm run out');
  const [, ...rest] = canaryCommand;
  const { started } = await startedOf(launch);
  const witness = context.command([sleep.path, ...rest], { ...startStates.detached, alarmMs }, 'in no world');
  try {
    const { started: watched } = await startedOf(witness);
    const end = await endOf(witness, watched.pid, nowMs() + alarmMs + context.timeoutMs);
    if (end?.signal !== 'SIGALRM') return unavailable('no alarm could be armed before the execution');
    const found = await attemptOf(context, launch, { asBefore: true });
    const { processes } = takeSnapshot(await treeOf(launch, context.declared.foreground));
    const daemon = found.daemon !== null && processes.some(({ pid }) => pid === found.daemon?.pid);
    return {
      kind: 'alarm' as const,
      alarmMs,
      expiredAfterMs: Math.max(0, end.atMs - started.atMs),
      start: found.start,
      daemon: daemon ? (found.daemon?.pid ?? null) : null,
    };
  } finally {
    await witness.end();
  }
}

async function outliveAlone(context: ProbeContext): Promise<Alarm | Unavailable> {
  let found: Alarm | Unavailable = unavailable('no alarm was armed');
  for (const alarmMs of alarmsFor(context)) {
    const start = { ...context.plainStart, alarmMs };
    found = await context.launched({ start, restsOn: [] }, (launch) => outlive(context, launch, alarmMs));
    if (found.kind !== 'alarm' || found.start.ending !== 'SIGALRM') return found;
  }
  return found;
}

export const armedAlarm: Probe<'armed-alarm'> = {
  name: 'armed-alarm',
  start: 'clean, with an alarm armed',
  repeated: false,
  foreground: true,
  run: (context) => {
    const [alarmMs = shortestMs] = alarmsFor(context);
    return inJointStart<Alarm | Unavailable>(context, {
      start: { alarmMs },
      body: async (launch) => {
        const found = await outlive(context, launch, alarmMs);
        return { found, isWell: found.kind === 'alarm' && found.daemon !== null && isStarted(found.start) };
      },
      alone: () => context.inTurn(() => outliveAlone(context)),
    });
  },
};
