/**
 * What a program tells its service manager: that it is ready, that it is alive, that it reloads, that it stops. It is
 * given a socket and a watchdog, and goes through all of that in one launch.
 */

import { nowMs } from '../follow/snapshot.ts';
import { startStates } from '../launch/start-state.ts';
import { type Notifications, notRun, type Unavailable, unavailable } from '../observe/finding.ts';
import type { Bench, Settled } from './bench.ts';
import { continueIt, endedBy, type Prepared, prepare } from './declared-command.ts';
import { lookUntil } from './look-until.ts';
import { type Notification, type NotifySocket, openNotifySocket } from './notify-socket.ts';
import type { Probe } from './probe.ts';
import { endOf } from './survival.ts';

const watchdogMs = 1000;
/** Long enough for two pings of one that pings as late as it may. */
const watchedMs = 1250;
const reloadWithinMs = 1000;

const says = (word: string) => (each: Notification) => each.state.includes(word);

async function heard(socket: NotifySocket, word: string, deadlineMs: number, bench: Bench): Promise<boolean> {
  const found = await lookUntil(() => (socket.read().some(says(word)) ? true : null), {
    deadlineMs,
    signal: bench.signal,
  });
  return found !== null;
}

/** Whether the declared command succeeded when the program had just said that it is ready; null without one. */
async function isUsable(bench: Bench, command: Prepared | null): Promise<boolean | null> {
  if (command === null) return null;
  await continueIt(command);
  return (await endedBy(bench, command))?.exitCode === 0;
}

async function goThrough(
  bench: Bench,
  { launch, daemon }: Settled,
  socket: NotifySocket,
  command: Prepared | null,
): Promise<Notifications> {
  const { declared, timeoutMs, signal } = bench;
  const ready = await heard(socket, 'READY=1', nowMs() + (declared.notify ? timeoutMs : 0), bench);
  const usable = ready ? await isUsable(bench, command) : null;
  const pings = socket.read().some(says('WATCHDOG=1'));
  // The first ping may take as long as the watchdog waits.
  const mayPing = pings || (ready && (await heard(socket, 'WATCHDOG=1', nowMs() + watchdogMs, bench)));
  const watchedFromMs = nowMs();
  // A datagram has no time of its own: it is that of the look that finds it.
  const hearMore = (): null => {
    socket.read();
    return null;
  };
  if (mayPing) await lookUntil(hearMore, { deadlineMs: watchedFromMs + watchedMs, signal });
  const watched = { fromMs: watchedFromMs, untilMs: nowMs() };
  let reload: number | null = null;
  if (declared.reload) {
    reload = socket.read().length;
    const { atMs } = await launch.act({ kind: 'signal', pid: daemon.pid, signal: 'SIGHUP' });
    await heard(socket, 'RELOADING=1', atMs + reloadWithinMs, bench);
  }
  const stop = socket.read().length;
  const { atMs: stoppedMs } = await launch.act({ kind: 'signal', pid: daemon.pid, signal: 'SIGTERM' });
  // Its last word is in the socket before it ends.
  await endOf(launch, daemon.pid, stoppedMs + timeoutMs);
  const messages = socket.read();
  const told = (from: number, to: number) =>
    messages.slice(from, to).map((each) => ({ from: each.from, state: each.state }));
  const pinged = messages.filter(says('WATCHDOG=1')).map(({ atMs }) => atMs);
  const within = pinged.filter((atMs) => atMs >= watched.fromMs && atMs <= watched.untilMs);
  const moments = [pinged.filter((atMs) => atMs < watched.fromMs).at(-1) ?? watched.fromMs, ...within];
  moments.push(watched.untilMs);
  const gaps = moments.slice(1).map((atMs, i) => atMs - (moments[i] ?? atMs));
  return {
    kind: 'notifications',
    declared: declared.notify,
    daemon: daemon.pid,
    start: told(0, reload ?? stop),
    usable,
    watchdogMs,
    longestSilenceMs: mayPing ? Math.max(...gaps) : null,
    reload: reload === null ? null : told(reload, stop),
    stop: told(stop, messages.length),
  };
}

async function listen(bench: Bench): Promise<Notifications | Unavailable> {
  let socket: NotifySocket;
  try {
    socket = openNotifySocket();
  } catch (error) {
    return unavailable(`no socket of a service manager: ${(error as Error).message}`, 'a Linux kernel');
  }
  const { ready } = bench.declared;
  const command = ready === null ? null : await prepare(bench, ready);
  const environment = [`NOTIFY_SOCKET=${socket.name}`, `WATCHDOG_USEC=${watchdogMs * 1000}`];
  try {
    const start = { ...startStates.supervised, freshDirectory: bench.plainStart.freshDirectory };
    return await bench.settled(
      { start, restsOn: ['session-leader'], moreEnvironment: environment },
      (settled) => goThrough(bench, settled, socket, command),
    );
  } finally {
    await command?.launch.end();
    socket.close();
  }
}

export const notification: Probe<'notification'> = {
  name: 'notification',
  start: 'supervised, with a NOTIFY_SOCKET and a WATCHDOG_USEC',
  repeated: false,
  foreground: true,
  run: async (bench) =>
    bench.declared.foreground
      ? bench.inTurn(() => listen(bench))
      : notRun('the program leaves the foreground: nobody listens to it there'),
};
