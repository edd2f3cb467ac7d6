/**
 * What a program tells its service manager: that it is ready, that it is alive, that it reloads, that it stops. It is
 * given a socket and a watchdog, and goes through all of that in one launch.
 */

import { notRun, type ServiceManagerMessage, type Unavailable } from '../facts/finding.ts';
import { isNotified, type Notification, notificationIn } from '../follow/notification.ts';
import { is } from '../launch/events.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { patience } from '../launch/patience.ts';
import { ownPid } from '../launch/place-of.ts';
import type { StageEvent } from '../launch/protocol.ts';
import { startStates } from '../launch/start-states.ts';
import { unlessAborted } from '../launch/unless-aborted.ts';
import { nowMs } from '../libc/time.ts';
import { observer } from '../observe/system.ts';
import { continueIt, endedBy, type PreparedCommand, prepare } from './declared-command.ts';
import type { Probe } from './probe.ts';
import type { ProbeContext, SettledLaunch } from './probe-context.ts';
import { endOf } from './survival.ts';

/** What the program told its service manager, sd_notify(3). */
export interface Notifications {
  readonly kind: 'notifications';
  /** It declares that it tells when it is ready. */
  readonly declared: boolean;
  /** The process that was started, */
  readonly daemon: number;
  /** and the ID by which it knows itself, where that is another. */
  readonly inside?: number;
  readonly start: readonly ServiceManagerMessage[];
  /** Whether the declared command succeeded when it had said that it is ready; null without one, or without that word. */
  readonly usable: boolean | null;
  /** What WATCHDOG_USEC granted. */
  readonly watchdogMs: number;
  /**
   * The longest without a WATCHDOG=1 while it was listened to, without the time that the program waited for a processor
   * meanwhile; null if there never was one.
   */
  readonly longestSilenceMs: number | null;
  /** After SIGHUP; null if it does not declare that it reloads. */
  readonly reload: readonly ServiceManagerMessage[] | null;
  /** After SIGTERM. */
  readonly stop: readonly ServiceManagerMessage[];
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly notification: Notifications;
  }
}

// Milliseconds in which who is to tell and the stage that listens were not kept waiting for a processor.
const watchdogMs = 1000;
/** Long enough for two pings of one that pings as late as it may. */
const watchedMs = 1250;
const reloadWithinMs = 1000;

const says = (word: string) => (each: Notification) => each.state.includes(word);

/** Everything the program has told so far, in order. */
function toldIn({ events }: Launch): readonly Notification[] {
  return events.filter(isNotified).map(notificationIn);
}

interface Wait {
  /** Since when, CLOCK_MONOTONIC in milliseconds. */
  readonly sinceMs: number;
  readonly withinMs: number;
}

/** The promise's value; null when those concerned have had a processor for so long as they wanted one, milliseconds. */
async function within<T>(
  { launch, daemon }: SettledLaunch,
  withinMs: number,
  promise: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T | null> {
  const stage = launch.events.find(is('stage'));
  const pids = [daemon.pid, ...(stage === undefined ? [] : [stage.pid])];
  let stop = (): void => {};
  const over = new Promise<null>((resolve) => {
    stop = patience(withinMs, pids, () => resolve(null));
  });
  try {
    return await unlessAborted(Promise.race([promise, over]), signal);
  } finally {
    stop();
  }
}

/** Whether the program says it, after a moment, within a time. */
async function hears(
  context: ProbeContext,
  settled: SettledLaunch,
  word: string,
  { sinceMs, withinMs }: Wait,
): Promise<boolean> {
  const isSaid = (event: StageEvent): boolean =>
    isNotified(event) && event.atMs >= sinceMs && says(word)(notificationIn(event));
  if (withinMs === 0) return settled.launch.events.some(isSaid);
  let stop = (): void => {};
  const said = new Promise<true>((resolve) => {
    stop = settled.launch.onEvent((event) => {
      if (isSaid(event)) resolve(true);
    });
  });
  try {
    return (await within(settled, withinMs, said, context.signal)) !== null;
  } finally {
    stop();
  }
}

/** How long the process has waited for a processor so far, milliseconds. */
function waitedMs(pid: number): number {
  const threads = observer().processorTimeOf(pid)?.threads.values() ?? [];
  return [...threads].reduce((sum, { processorMs, runnableMs }) => sum + runnableMs - processorMs, 0);
}

/** Whether the declared command succeeded when the program had just said that it is ready; null without one. */
async function isUsable(context: ProbeContext, command: PreparedCommand | null): Promise<boolean | null> {
  if (command === null) return null;
  await continueIt(command);
  return (await endedBy(context, command))?.exitCode === 0;
}

async function goThrough(
  context: ProbeContext,
  settled: SettledLaunch,
  command: PreparedCommand | null,
): Promise<Notifications> {
  const { launch, daemon } = settled;
  const { declared, timeoutMs, signal } = context;
  const inside = ownPid(launch, daemon);
  const everWithin = (withinMs: number): Wait => ({ sinceMs: 0, withinMs });
  const ready = await hears(context, settled, 'READY=1', everWithin(declared.notify ? timeoutMs : 0));
  const usable = ready ? await isUsable(context, command) : null;
  // The first ping may take as long as the watchdog waits.
  const pings = await hears(context, settled, 'WATCHDOG=1', everWithin(ready ? watchdogMs : 0));
  const [watchedFromMs, waitedBeforeMs] = [nowMs(), waitedMs(daemon.pid)];
  if (pings) await within(settled, watchedMs, new Promise(() => {}), signal);
  const [watchedUntilMs, keptMs] = [nowMs(), Math.max(0, waitedMs(daemon.pid) - waitedBeforeMs)];
  const told = { signal: 'SIGHUP', kind: 'signal', pid: daemon.pid } as const;
  const reloadedMs = declared.reload ? (await launch.act(told)).atMs : null;
  if (reloadedMs !== null) {
    await hears(context, settled, 'RELOADING=1', { sinceMs: reloadedMs, withinMs: reloadWithinMs });
  }
  const { atMs: stoppedMs } = await launch.act({ ...told, signal: 'SIGTERM' });
  // Its last word comes before its end.
  await endOf(launch, daemon.pid, stoppedMs + timeoutMs);
  const messages = toldIn(launch);
  const between = (fromMs: number, untilMs: number) =>
    messages.flatMap(({ atMs, from, state }) => (atMs >= fromMs && atMs < untilMs ? [{ from, state }] : []));
  const pinged = messages.filter(says('WATCHDOG=1')).map(({ atMs }) => atMs);
  const watched = pinged.filter((atMs) => atMs >= watchedFromMs && atMs <= watchedUntilMs);
  const moments = [pinged.filter((atMs) => atMs < watchedFromMs).at(-1) ?? watchedFromMs, ...watched];
  moments.push(watchedUntilMs);
  const gaps = moments.slice(1).map((atMs, i) => atMs - (moments[i] ?? atMs));
  return {
    kind: 'notifications',
    declared: declared.notify,
    daemon: daemon.pid,
    ...(inside === daemon.pid ? {} : { inside }),
    start: between(0, reloadedMs ?? stoppedMs),
    usable,
    watchdogMs,
    longestSilenceMs: pings ? Math.max(0, Math.max(...gaps) - keptMs) : null,
    reload: reloadedMs === null ? null : between(reloadedMs, stoppedMs),
    stop: between(stoppedMs, Number.POSITIVE_INFINITY),
  };
}

async function listen(context: ProbeContext): Promise<Notifications | Unavailable> {
  const { ready } = context.declared;
  const command = ready === null ? null : await prepare(context, ready);
  try {
    const start = { ...startStates.supervised, freshDirectory: context.plainStart.freshDirectory };
    const moreEnvironment = [`WATCHDOG_USEC=${watchdogMs * 1000}`];
    return await context.settled(
      {
        start,
        restsOn: ['session-leader', 'notify-socket'],
        moreEnvironment,
        within: command?.launch ?? null,
      },
      (settled) => goThrough(context, settled, command),
    );
  } finally {
    await command?.launch.end();
  }
}

export const notification: Probe<'notification'> = {
  name: 'notification',
  start: 'supervised, with a NOTIFY_SOCKET and a WATCHDOG_USEC',
  repeated: false,
  foreground: true,
  run: async (context) =>
    context.declared.foreground
      ? context.inTurn(() => listen(context))
      : notRun('the program leaves the foreground: nobody listens to it there'),
};
