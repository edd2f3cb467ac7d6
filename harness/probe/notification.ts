/**
 * What a program tells its service manager: that it is ready, that it is alive, that it reloads, that it stops. It is
 * given a socket and a watchdog, and goes through all of that in one launch.
 */

import { notRun, type ServiceManagerMessage, type Unavailable } from '../facts/finding.ts';
import { before } from '../follow/before.ts';
import { isNotified, type Notification, notificationIn } from '../follow/notification.ts';
import type { Event } from '../launch/events.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { ownPid } from '../launch/place-of.ts';
import { startStates } from '../launch/start-states.ts';
import { nowMs } from '../libc/time.ts';
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
  /** The longest without a WATCHDOG=1 while it was listened to; null if there never was one. */
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

const watchdogMs = 1000;
/** Long enough for two pings of one that pings as late as it may. */
const watchedMs = 1250;
const reloadWithinMs = 1000;

const says = (word: string) => (each: Notification) => each.state.includes(word);

/** Everything the program has told so far, in order. */
function toldIn({ events }: Launch): readonly Notification[] {
  return events.filter(isNotified).map(notificationIn);
}

interface Span {
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** Whether the program says it, after a moment, until another one. */
async function hears(launch: Launch, word: string, { sinceMs, untilMs }: Span): Promise<boolean> {
  const said = await launch.until((event): event is Event<'notified'> => {
    if (!isNotified(event) || event.atMs < sinceMs) return false;
    return says(word)(notificationIn(event));
  }, untilMs);
  return said !== null;
}

/** Whether the declared command succeeded when the program had just said that it is ready; null without one. */
async function isUsable(context: ProbeContext, command: PreparedCommand | null): Promise<boolean | null> {
  if (command === null) return null;
  await continueIt(command);
  return (await endedBy(context, command))?.exitCode === 0;
}

async function goThrough(
  context: ProbeContext,
  { launch, daemon }: SettledLaunch,
  command: PreparedCommand | null,
): Promise<Notifications> {
  const { declared, timeoutMs, signal } = context;
  const inside = ownPid(launch, daemon);
  const within = (ms: number): Span => ({ sinceMs: 0, untilMs: nowMs() + ms });
  const ready = await hears(launch, 'READY=1', within(declared.notify ? timeoutMs : 0));
  const usable = ready ? await isUsable(context, command) : null;
  // The first ping may take as long as the watchdog waits.
  const pings = await hears(launch, 'WATCHDOG=1', within(ready ? watchdogMs : 0));
  const watchedFromMs = nowMs();
  if (pings) await before(watchedFromMs + watchedMs, new Promise(() => {}), signal);
  const watchedUntilMs = nowMs();
  const told = { signal: 'SIGHUP', kind: 'signal', pid: daemon.pid } as const;
  const reloadedMs = declared.reload ? (await launch.act(told)).atMs : null;
  if (reloadedMs !== null) {
    await hears(launch, 'RELOADING=1', { sinceMs: reloadedMs, untilMs: reloadedMs + reloadWithinMs });
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
    longestSilenceMs: pings ? Math.max(...gaps) : null,
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
