/**
 * The stage: one forked process per launch. Session leader on a fresh terminal, subreaper of everything the program
 * starts, shielded from SIGHUP. It launches the program as its foreground job, tells the harness what ends and when,
 * and ends the whole tree on request or as soon as the harness or the launcher is gone.
 *
 * It never returns to Node's event loop, which it shares with the launcher it was forked from: it is one loop around
 * poll(2), and leaves by _exit(2).
 *
 * Longer than 250 lines: the life of a stage is one straight line, and is read as one.
 */

import { joinWorld } from '../isolation/join-world.ts';
import { expectEnd, ownPidOutside, pidOutside } from '../isolation/process-ids.ts';
import type { Identity } from '../isolation/users.ts';
import { open } from '../libc/fcntl.ts';
import { must } from '../libc/library.ts';
import { receiveDatagram } from '../libc/linux/credentials.ts';
import { detach, umount } from '../libc/linux/sys-mount.ts';
import { platform, signalName } from '../libc/platform.ts';
import { events, POLLERR, POLLHUP, poll, pollSet } from '../libc/poll.ts';
import { kill } from '../libc/signal.ts';
import { closeRange, lastDescriptor } from '../libc/sys-close-range.ts';
import { processorTimeOfChildren } from '../libc/sys-resource.ts';
import { umask } from '../libc/sys-stat.ts';
import { ending } from '../libc/sys-wait.ts';
import { nowMs } from '../libc/time.ts';
import {
  _exit,
  close,
  dup2,
  getpgid,
  getpid,
  read,
  setsid,
  tcsetpgrp,
  unlink,
  write,
} from '../libc/unistd.ts';
import { HeldLaunch, unheld } from '../schedule/held-launch.ts';
import { act, type Scene, signalGroup } from './act.ts';
import { askToEnd } from './ask-to-end.ts';
import { freshDirectory } from './dimensions/working-directory.ts';
import { endingDeadlineMs, killBelow, type LeftProcess, SIGKILL } from './end-tree.ts';
import { isNote, type Leavings } from './leavings.ts';
import { Lines } from './lines.ts';
import { beginProgram, type ReadModule } from './program.ts';
import {
  type Action,
  type DismissedEvent,
  type EndedBy,
  type LaunchRequest,
  type OutputStream,
  type Request,
  type ScratchEvent,
  type StageEvent,
  stopTimeoutMs,
} from './protocol.ts';
import { reaper } from './reaper.ts';
import { linuxReaper } from './reaper-linux.ts';
import { removeTree } from './remove-tree.ts';
import { type Scenery, setScenery, strike } from './scenery.ts';
import { wakeWithoutParent } from './wake-without-parent.ts';

/** Signals that reach a session leader with its terminal, or by mistake; the stage has to outlive them. */
export const shielded = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGTERM',
  'SIGTSTP',
  'SIGTTIN',
  'SIGTTOU',
  'SIGPIPE',
];
/** What is passed on of the program's output; the rest is read and thrown away, so that it never blocks. */
const outputLimit = 64 * 1024;
const outputPiece = 2048;

/** What a stage inherits from the launcher. */
export interface StageInheritance {
  /** Events of all stages go into this one. */
  readonly events: number;
  /** The assignment and then requests from the launcher; end of file means that it is gone. */
  readonly commands: number;
  readonly readModule: ReadModule;
  /** What the launcher had noted by then; it tells what comes. */
  readonly leavings: Leavings;
  /** Who the launcher is; in a world of its own a process can no longer say. */
  readonly identity: Identity;
}

/** The first that a stage is told. */
export interface Assignment {
  readonly request: LaunchRequest;
  /** Directory of the run, removed by whoever is left when the harness is gone. */
  readonly scratch: string | null;
  /** The first process of the world of another launch, which is to be entered. */
  readonly host: number | null;
  /** The launch has a world of its own, or that of the host. */
  readonly isolated: boolean;
  /** Why not, although it was to have one. */
  readonly whyNot: string | null;
}

type WithoutLaunch<E> = E extends unknown ? Omit<E, 'launch'> : never;

function endedBy(status: number): EndedBy | null {
  const how = ending(status);
  if (how === null) return null;
  return { exitCode: how.exitCode, signal: how.signal === null ? null : signalName(how.signal) };
}

type OnEnd = (pid: number, how: EndedBy) => void;

/** Tells of everything that has ended. False once nothing is left below. */
function reap(
  held: HeldLaunch,
  onEnd: OnEnd,
  onForked: (below: readonly number[]) => void = () => {},
): boolean {
  return reaper.reap((pid, status, inside) => {
    const how = endedBy(status);
    if (how === null) held.stopped(inside, status);
    else if (held.ended(inside)) onEnd(pid, how);
  }, onForked);
}

/**
 * Ends the tree below the calling process. Returns what could not be ended.
 *
 * @param askedMs first by SIGTERM, as whoever stops a daemon does, and waited for so long at most; null: not asked
 */
function endTree(held: HeldLaunch, onEnd: OnEnd, askedMs: number | null): readonly LeftProcess[] {
  held.letGo();
  const wake = pollSet([reaper.open()]);
  if (askedMs !== null) {
    const maySpare = askToEnd(nowMs, askedMs);
    while (reap(held, onEnd) && maySpare()) poll(wake, 5);
  }
  const deadline = nowMs() + endingDeadlineMs;
  while (reap(held, onEnd)) {
    const refused = killBelow(new Set());
    if (nowMs() > deadline) {
      const known = new Set(refused.map(({ pid }) => pid));
      const stuck = reaper
        .below()
        .map(({ pid }) => ({ pid: pidOutside(pid) }))
        .filter(({ pid }) => !known.has(pid));
      return [...refused, ...stuck.map(({ pid }) => ({ pid, because: 'still there 3 s after SIGKILL' }))];
    }
    poll(wake, 10);
  }
  return [];
}

/** All that is in the caller's own world, whoever forked it; what it kept in files is gone with it anyway. */
function endWorld(held: HeldLaunch, onEnd: OnEnd): readonly LeftProcess[] {
  kill(-1, SIGKILL);
  return endTree(held, onEnd, null);
}

/** As long as something runs in the caller's own world, which would end with it. */
function keepWorld(channels: readonly number[]): never {
  for (const fd of channels) close(fd);
  for (const fd of [1, 2]) dup2(0, fd);
  const wake = pollSet([reaper.open()]);
  while (reap(unheld, () => {})) poll(wake, -1);
  _exit(0);
}

/**
 * Serves launch after launch in the calling, freshly forked process, which has every signal blocked, those that are
 * shielded ignored, and no handler. It ends when the launcher is gone, or when a launch has left its mark on it.
 *
 * @param isOutside it could not enter its world: it serves nobody, but may be the last that can remove what it has made
 */
export function runStage(inheritance: StageInheritance, isOutside = false): never {
  const { commands, leavings } = inheritance;
  const unable = attempt(() => takePlace(commands));
  const orders = new Lines(commands);
  for (;;) {
    const order = nextOrder(orders, leavings);
    if (order === null) leavings.clear();
    if (order === null || order === 'dismissed') _exit(0);
    if (isOutside) continue;
    if (!serve(order, { ...inheritance, orders }, unable)) _exit(0);
    write(commands, ready);
  }
}

const ready = Buffer.from('\n');

/** Null when the launcher is gone. What still comes for a launch that is over is for nobody. */
function nextOrder(orders: Lines, leavings: Leavings): Assignment | 'dismissed' | null {
  for (;;) {
    const line = orders.wait();
    if (line === undefined) return null;
    const order = JSON.parse(line) as Assignment | Request | ScratchEvent | DismissedEvent;
    if ('request' in order) return order;
    if (order.type === 'dismissed') return 'dismissed';
    if (isNote(order)) leavings.note(order);
  }
}

/** One launch, from its start to its end. False if no other may follow: something of it is left. */
function serve(
  assignment: Assignment,
  inheritance: StageInheritance & { readonly orders: Lines },
  unable: string | null,
): boolean {
  const { events, commands, identity, leavings } = inheritance;
  const { request, scratch, host, isolated, whyNot } = assignment;
  const { launch } = request;
  let because = unable;
  if (host !== null) because ??= attempt(() => joinWorld(host, identity, [commands, events]));
  const ownsWorld = isolated && host === null;
  let heard = true;
  const tell = (event: WithoutLaunch<StageEvent>): void => {
    const line = Buffer.from(`${JSON.stringify({ launch, ...event })}\n`);
    if (write(events, line).errno !== null) heard = false;
  };
  let played: StageOutcome | null = null;
  const interrupt = (pid: number) => signalGroup(pid, 'SIGTERM').errno;
  const held = new HeldLaunch(request.held, { tell, nowMs, interrupt });
  if (request.isolation === 'full' && !isolated) because ??= `it can have no world of its own: ${whyNot}`;
  because ??= attempt(() => {
    // The ID that it has now, also where it is in the world of another launch.
    if (host !== null) takePlace(commands);
    if (ownsWorld) for (const path of request.absent ?? []) unlink(path);
    played = play(assignment, { ...inheritance, tell, held, isHeard: () => heard });
  });
  const { starter, ending, scenery } = (played as StageOutcome | null) ?? unplayed;
  const onEnd: OnEnd = (pid, how) =>
    tell({ type: pid === starter ? 'returned' : 'ended', pid, atMs: nowMs(), ...how });
  tell({ type: 'ending', asked: because === null && ending !== 'abandoned' });
  const left =
    ending === 'keep'
      ? reaper.below().map(({ pid }) => ({ pid: pidOutside(pid), because: whyKept(ownsWorld) }))
      : ownsWorld
        ? endWorld(held, onEnd)
        : endTree(held, onEnd, ending === 'asked' ? (request.stopTimeoutMs ?? stopTimeoutMs) : null);
  if (scratch !== null && request.start.ownFileSystem) umount(freshDirectory(scratch, launch));
  if (scratch !== null) removeTree(scratch, String(launch), { detach });
  if (!heard || ending === 'abandoned') leavings.clear();
  const noWorldSpent = !isolated || (ownsWorld && request.changesNothing === true);
  const unmarked =
    noWorldSpent && !request.start.ownFileSystem && left.length === 0 && reaper === linuxReaper;
  const again = unmarked && ending === 'asked' && heard && scenery !== null;
  if (again) strike(scenery);
  tell(because === null ? { type: 'over', left } : { type: 'lost', because });
  if (ownsWorld && ending === 'keep') keepWorld([events, commands]);
  return again;
}

function whyKept(ownsWorld: boolean): string {
  const asked = 'left running as asked';
  return ownsWorld ? `${asked}, in a world that nsenter -t ${ownPidOutside()} -a enters` : asked;
}

/** Why it failed; null if it did not. */
function attempt(step: () => void): string | null {
  try {
    step();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What is the same for every launch: out of the launcher's session, subreaper, deaf to what a terminal sends. */
function takePlace(commands: number): void {
  // Programs that have dropped root enter the directories that are made here.
  umask(0o022);
  must('setsid', setsid());
  reaper.acquire();
  wakeWithoutParent();
  keepOnly(commands);
}

/** `abandoned`: the launcher or the harness is gone. */
type Ending = 'asked' | 'keep' | 'abandoned';

interface Channels {
  readonly events: number;
  readonly commands: number;
  readonly orders: Lines;
  readonly readModule: ReadModule;
  readonly leavings: Leavings;
  readonly tell: (event: WithoutLaunch<StageEvent>) => void;
  readonly held: HeldLaunch;
  readonly isHeard: () => boolean;
}

interface StageOutcome {
  /** -1 if there is none. */
  readonly starter: number;
  readonly ending: Ending;
  readonly scenery: Scenery | null;
}

const unplayed: StageOutcome = { starter: -1, ending: 'asked', scenery: null };

/** Until the harness asks for the end or is gone. */
function play(
  { request, scratch, isolated, whyNot }: Assignment,
  { events, commands, orders, readModule, leavings, tell, held, isHeard }: Channels,
): StageOutcome {
  tell({ type: 'stage', pid: ownPidOutside(), isolated, whyNot });
  const children = reaper.open();
  const scenery = setScenery(request, scratch);
  const usedBeforeMs = processorTimeOfChildren();
  const begun = request.empty === true ? null : beginProgram(request, scenery, readModule, held.follow);
  for (const fd of scenery.handedOver) close(fd);
  const starter = begun?.kind === 'started' ? begun.pid : -1;
  const seen = expectEnd(starter);
  if (begun?.kind === 'started') tell(started(request, scenery, seen));
  else if (begun !== null) tell({ type: 'not-started', call: begun.call, errno: begun.errno });

  const outputs = new Map(scenery.outputs);
  const { terminal, lockedFile, mounted } = scenery;
  const session = request.start.sessionLeader ? starter : getpid();
  const letGo = (): void => held.letGo();
  const scene: Scene = { session, starter, terminal, outputs, lockedFile, mounted, usedBeforeMs, letGo };
  const onAct = (number: number, action: Action): void => {
    const acted = act(action, scene);
    tell({ type: 'acted', act: number, atMs: nowMs(), ...acted });
  };
  const onEnd: OnEnd = (pid, how) => {
    if (pid === seen) held.returning();
    if (pid === seen) for (const action of request.whenReturned ?? []) onAct(0, action);
    tell({ type: pid === seen ? 'returned' : 'ended', pid, atMs: nowMs(), ...how });
    // As a shell does when its foreground job has ended: the terminal's foreground is its own again.
    const { start } = request;
    if (pid === seen && start.terminal === 'foreground' && !start.foregroundKept && terminal !== null) {
      tcsetpgrp(terminal.slave, getpgid(0).value);
    }
    if (pid === seen) held.returned();
  };
  const notify = scenery.notifySocket?.fd ?? -1;
  const ending = listen(
    { launch: request.launch, harness: events, commands, orders, leavings, children, notify, outputs, held },
    tell,
    { onEnd, onAct },
    isHeard,
  );
  // Nobody would read them any more, in a world that goes on.
  if (ending === 'keep') for (const fd of outputs.keys()) close(fd);
  return { starter: seen, ending, scenery };
}

/** Channels of the launcher's stages have numbers from here on; Node's own descriptors are below. */
export const firstChannel = 200;

/** Of the channels only the own ones stay. Node's own descriptors stay too: libuv closes some by number in a fork. */
function keepOnly(commands: number): void {
  dup2(must('open(/dev/null)', open('/dev/null', 2 /* O_RDWR */ | platform.O_CLOEXEC)), 0);
  closeRange(firstChannel, commands - 1);
  closeRange(Math.max(firstChannel, commands + 1), lastDescriptor);
}

function started(request: LaunchRequest, scenery: Scenery, pid: number): WithoutLaunch<StageEvent> {
  const { terminal, planted, directory, notMounted, captured, notifySocket, notListening } = scenery;
  return {
    type: 'started',
    pid,
    atMs: nowMs(),
    session: request.start.sessionLeader ? pid : ownPidOutside(),
    terminal: terminal === null ? null : { path: terminal.path, device: terminal.device },
    directory,
    notMounted,
    planted: planted.map(({ fd, name, identity }) => ({ fd, name, identity })),
    notifySocket: notifySocket?.name ?? null,
    notListening,
    captured,
  };
}

interface Sources {
  readonly launch: number;
  /** Where events go to: an error there, and nobody reads them any more. */
  readonly harness: number;
  readonly commands: number;
  readonly orders: Lines;
  readonly leavings: Leavings;
  readonly children: number;
  /** -1 without one. */
  readonly notify: number;
  readonly outputs: Map<number, OutputStream>;
  readonly held: HeldLaunch;
}

/** So many datagrams in one go: one that never stops is not to keep the stage from all else. */
const heardAtOnce = 64;

/** Passes on what the program tells its service manager, as much of it as of other output. */
function startHearing(notify: number, tell: (event: WithoutLaunch<StageEvent>) => void): () => void {
  let size = 0;
  return () => {
    if (notify < 0) return;
    for (let i = 0; i < heardAtOnce; i++) {
      const datagram = receiveDatagram(notify);
      if (datagram === null) return;
      const bytes = datagram.bytes.subarray(0, outputPiece);
      size += bytes.length;
      if (size > outputLimit) continue;
      const from = datagram.from === null ? null : pidOutside(datagram.from);
      tell({ type: 'notified', from, base64: bytes.toString('base64'), atMs: nowMs() });
    }
  };
}

/** Until the harness asks for the end, or is gone: passes on output, reaps and reports what ends. */
function listen(
  { launch, harness, commands, orders, leavings, children, notify, outputs, held }: Sources,
  tell: (event: WithoutLaunch<StageEvent>) => void,
  { onEnd, onAct }: { readonly onEnd: OnEnd; readonly onAct: (number: number, action: Action) => void },
  isHeard: () => boolean,
): Ending {
  const buffer = Buffer.alloc(outputPiece);
  const sizes = new Map<OutputStream, number>();
  const onForked = (below: readonly number[]): void => tell({ type: 'below', pids: below });
  const hear = startHearing(notify, tell);
  reap(held, onEnd, onForked);
  while (isHeard()) {
    for (let line = orders.take(); line !== undefined; line = orders.take()) {
      const order = JSON.parse(line) as Request | ScratchEvent;
      if (isNote(order)) leavings.note(order);
      // To the launch before this one.
      if (!('launch' in order) || order.launch !== launch) continue;
      if (order.type === 'end') return order.keep ? 'keep' : 'asked';
      if (order.type === 'act') onAct(order.act, order.action);
    }
    const fds = [commands, children, notify, harness, ...outputs.keys()];
    const set = pollSet(fds);
    if (poll(set, held.waitMs()).value === 0) held.look();
    // What a process has told is told before its end.
    if (events(set, 1) !== 0 || events(set, 2) !== 0) hear();
    // A child's end first: the harness looks at once, and nothing else is as urgent.
    if (events(set, 1) !== 0) reap(held, onEnd, onForked);
    const [lost] = reaper.lost();
    if (lost !== undefined)
      throw new Error(`kevent(2) could not follow a child of process ${lost} (NOTE_TRACKERR)`);
    for (let i = 4; i < fds.length; i++) {
      const fd = fds[i] ?? -1;
      const stream = outputs.get(fd);
      if (stream === undefined || events(set, i) === 0) continue;
      const { value } = read(fd, buffer);
      if (value <= 0) {
        // A pipe at its end, or EIO: no process has the terminal open any more.
        if (stream === 'terminal') continue;
        close(fd);
        outputs.delete(fd);
        tell({ type: 'output-closed', stream, atMs: nowMs() });
        continue;
      }
      const size = (sizes.get(stream) ?? 0) + value;
      sizes.set(stream, size);
      if (size <= outputLimit) {
        tell({ type: 'output', stream, base64: buffer.toString('base64', 0, value) });
      }
    }
    if (events(set, 0) !== 0 && !orders.fill()) return 'abandoned';
    // A launcher that hangs tells nobody that the harness is gone.
    if ((events(set, 3) & (POLLERR | POLLHUP)) !== 0) return 'abandoned';
  }
  return 'abandoned';
}
