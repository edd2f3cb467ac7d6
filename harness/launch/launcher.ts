/**
 * The launcher: a long-lived `node --single-threaded` process that forks a stage for each launch. Requests come in on
 * descriptor 0, and the events of all stages leave on descriptor 1. It is a subreaper: when a program kills its stage,
 * the processes of that stage become children of the launcher, which ends them.
 *
 * The launcher is one loop around poll(2) and never enters Node's event loop: no stream is loaded, and a fork has less
 * memory to copy.
 *
 * Longer than 250 lines: one loop, and the state of the stages that only it may touch.
 */

import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import { programsOwn } from '../isolation/files.ts';
import { awaitEntering, endedBefore, type ForkedWorld, forkIntoWorld } from '../isolation/fork-world.ts';
import { F_DUPFD_CLOEXEC, fcntl } from '../libc/fcntl.ts';
import { fork, leaveEventLoop } from '../libc/fork.ts';
import { must } from '../libc/library.ts';
import { platform, signalNumber } from '../libc/platform.ts';
import { events, poll, pollSet } from '../libc/poll.ts';
import { everySignal, kill, resetDispositions, SIG_IGN, signal, sigprocmask } from '../libc/signal.ts';
import { whyTooFewDescriptors } from '../libc/sys-resource.ts';
import { AF_UNIX, SOCK_STREAM, sendAtOnce, socketpair } from '../libc/sys-socket.ts';
import { P_PID, WNOHANG, WSTOPPED, waitid, waitpid } from '../libc/sys-wait.ts';
import { nowMs } from '../libc/time.ts';
import { _exit, close, read, write } from '../libc/unistd.ts';
import { libcVersion } from '../libc/version.ts';
import { below, endingDeadlineMs, killBelow, SIGKILL } from './end-tree.ts';
import { chooseScratch, isNote, Leavings, makeScratchAt, type Note } from './leavings.ts';
import { Lines } from './lines.ts';
import { descriptorsNeeded } from './place-descriptors.ts';
import {
  type DismissedEvent,
  type LaunchRequest,
  type LeftFilesEvent,
  type Ready,
  type Request,
  type ScratchDirectoryEvent,
  type ScratchEvent,
  type StageEvent,
  stopTimeoutMs,
} from './protocol.ts';
import { reaper } from './reaper.ts';
import { rehearse } from './rehearse.ts';
import { removeTree } from './remove-tree.ts';
import { type Assignment, firstChannel, runStage, shielded } from './stage.ts';
import { wakeWithoutParent } from './wake-without-parent.ts';

const requestChannel = 0;
const eventChannel = 1;
/** When its launch is over a stage takes another one; at most so many wait for one. */
const keptWaiting = 8;
/** At most so many stages enter worlds ahead of the launches that are expected: more would delay the first ones. */
const worldsAhead = 3;
const nothing = pollSet([]);
const SIGCONT = signalNumber('SIGCONT') ?? 18;
/**
 * After at most so long a stage that its program has stopped is continued, milliseconds. No event tells of the stop,
 * see `serve`.
 */
const stoppedAtMostMs = 250;

interface Stage {
  /** ID of the launch; null while the stage waits for one. */
  launch: number | null;
  /**
   * The launch that was assigned before the stage had entered its world, and goes to another stage if it cannot; else
   * null.
   */
  pending: LaunchRequest | null;
  readonly commands: number;
  /** Whom it has launched, or does. What a canary leaves is as it was; a program could end the stage. */
  served: 'nobody' | 'a canary' | 'a program';
  /** `entered`: the stage is process 1 of a world of its own. A ForkedWorld: it is about to be. */
  world: 'none' | 'entered' | ForkedWorld;
  /** Whether what the program became is to be left running at the end of the launch. */
  keep: boolean;
  /** How long the processes of the program may take to end before they are killed, milliseconds. */
  stopTimeoutMs: number;
  /** By when the stage must have ended its launch, CLOCK_MONOTONIC in milliseconds; null until it is asked to. */
  endBy: number | null;
}

/**
 * How long a stage may take to end its tree after the stop time-out, milliseconds. One that takes longer hangs, and is
 * killed: it must not keep everybody waiting.
 */
const stageEndsWithinMs = endingDeadlineMs + 2000;

const stages = new Map<number, Stage>();
/** Paths of modules that are loaded here, so that every stage forked from then on has them. */
const loaded = new Set<string>();
/** Process IDs that were adopted from stages whose launches were ended with `keep`: they are left running. */
const kept = new Set<number>();
const leavings = new Leavings();
const word = Buffer.alloc(16);
/**
 * How many stages are to wait without a launch, so that the next launch does not wait for a fork: one at first and
 * after a stage has ended, none right after one was assigned.
 */
let spare = 1;
/** Path of the directory of the run; null until it is made. */
let scratch: string | null = null;
const identity = { userId: process.geteuid?.() ?? 0, groupId: process.getegid?.() ?? 0 };
/** Why no launch can have a world of its own here; null until something is in the way. */
let whyNoWorld = process.platform === 'linux' ? null : 'there are no namespaces on this system';
/**
 * A stage that ends before it has entered its world may be an accident; after more than so many in a row no world is
 * tried.
 */
const endedAtMost = 5;
let endedInARow = 0;
/** Whether the last launch was to have a world of its own: the next one probably is to have one too. */
let apart = false;
/** How many fresh worlds the launches that the harness has announced will still take; null if it announces none. */
let expected: number | null = null;
/** At most so many of their stages are forked ahead. */
let ahead = worldsAhead;

function tell(event: StageEvent | Ready | ScratchDirectoryEvent | ScratchEvent | LeftFilesEvent): void {
  write(eventChannel, Buffer.from(`${JSON.stringify(event)}\n`));
}

function say(commands: number, word: Assignment | Request | ScratchEvent | DismissedEvent): string | null {
  return write(commands, Buffer.from(`${JSON.stringify(word)}\n`)).errno;
}

/**
 * Tells every stage what is to be removed should this process be killed. A stage that has not read its channel for so
 * long that it is full is passed over: the others know.
 */
function note(word: Note): void {
  leavings.note(word);
  const line = Buffer.from(`${JSON.stringify(word)}\n`);
  for (const [, { commands }] of stages) sendAtOnce(commands, line);
}

/**
 * Path of the directory of the run, chosen once. Harness and stages are told before the directory is made: whoever of
 * them survives can remove it.
 */
function scratchName(): string {
  if (leavings.scratch !== null) return leavings.scratch;
  const told: ScratchEvent = { type: 'scratch', path: chooseScratch() };
  tell(told);
  note(told);
  return told.path;
}

function makeScratch(): string | null {
  if (scratch !== null) return scratch;
  // Should this process and the harness be killed together, a stage has to be there to remove the directory.
  if (stages.size === 0) forkStage();
  const path = scratchName();
  try {
    makeScratchAt(path);
    scratch = path;
  } catch {
    // Without the directory nothing is planted, and the canary shows that.
    removeTree(dirname(path), basename(path));
  }
  return scratch;
}

function makeScratchDirectory(): string | null {
  const base = makeScratch();
  if (base === null) return null;
  return join(base, programsOwn);
}

/**
 * Reads a module now, while descriptors 0, 1 and 2 are still open: Bun never closes a file that it opens on one of
 * these numbers. If the module cannot be read, the error is thrown when it is to run.
 */
function readModule(path: string): () => void {
  try {
    // biome-ignore lint/plugin: a fixture of this package, not a file that others name.
    const run = compileFunction(readFileSync(path, 'utf8'), ['exports', 'require'], { filename: path });
    // Loaded where a fixture is launched, and nowhere else.
    const requireFrom = process.getBuiltinModule('node:module').createRequire(path);
    return () => run({}, requireFrom);
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/**
 * The two ends of a stage's commands. Their numbers are above whatever Node keeps open, so that a stage can close the
 * ends of its siblings in one go.
 */
function commandChannel(): { readonly ours: number; readonly theirs: number } {
  const { pair, ...made } = socketpair(AF_UNIX, SOCK_STREAM);
  must('socketpair', made);
  const [ours, theirs] = pair.map((fd) => {
    const moved = must('fcntl(F_DUPFD_CLOEXEC)', fcntl(fd, F_DUPFD_CLOEXEC, firstChannel));
    close(fd);
    return moved;
  }) as [number, number];
  return { ours, theirs };
}

let isRehearsed = false;
const isMade = (): void => {};

function forkStage(intoWorld = apart): void {
  if (!isRehearsed) rehearse();
  isRehearsed = true;
  const { ours, theirs } = commandChannel();
  const path = intoWorld && whyNoWorld === null ? scratchName() : null;
  // Where there is a stage that could remove the directory. Otherwise the new stage makes it.
  if (path !== null && stages.size > 0) makeScratch();
  const inheritance = { events: eventChannel, commands: theirs, readModule, leavings };
  const forked =
    path === null
      ? must('fork', fork())
      : forkIntoWorld(identity, { path, make: scratch === null ? makeScratchAt : isMade }, (why) =>
          runStage({ ...inheritance, identity }, why !== null),
        );
  if (forked === 0) runStage({ ...inheritance, identity });
  close(theirs);
  if (typeof forked === 'string') {
    close(ours);
    whyNoWorld = forked;
    return;
  }
  const pid = typeof forked === 'number' ? forked : forked.pid;
  // In time: the stage waits for its first command, and has forked nothing yet.
  reaper.track(pid);
  const world = typeof forked === 'number' ? 'none' : forked;
  stages.set(pid, {
    launch: null,
    pending: null,
    commands: ours,
    served: 'nobody',
    world,
    keep: false,
    stopTimeoutMs,
    endBy: null,
  });
}

/**
 * The stages that wait for a launch and suit the next one: with worlds of their own if it is to have one, else without.
 */
function waiting(isApart = apart): readonly (readonly [number, Stage])[] {
  const plain = !isApart || whyNoWorld !== null;
  return [...stages].filter(([, { launch, world }]) => launch === null && (world === 'none') === plain);
}

/**
 * Reads whether a stage has entered its world. One that could not is dismissed; and no other world is tried, unless the
 * stage ended by what may have been an accident.
 */
function hearEntered(pid: number, stage: Stage): void {
  if (typeof stage.world === 'string') return;
  const why = awaitEntering(stage.world);
  const { pending } = stage;
  stage.world = 'entered';
  stage.pending = null;
  endedInARow = why === endedBefore ? endedInARow + 1 : 0;
  if (why === null) {
    scratch = leavings.scratch;
    return;
  }
  // After an accident another world is tried: launched outside, a program would meet what former ones in worlds were
  // kept from.
  if (why !== endedBefore || endedInARow > endedAtMost) whyNoWorld = why;
  dismiss(pid, stage);
  if (pending !== null) begin(pending);
}

/** Ends a stage that has no launch, and waits for its end. */
function dismiss(pid: number, { commands, world }: Stage): void {
  stages.delete(pid);
  say(commands, { type: 'dismissed' });
  close(commands);
  if (typeof world !== 'string') close(world.entered);
  waitpid(pid, 0);
}

function load(path: string): void {
  if (loaded.has(path)) return;
  loaded.add(path);
  require(path);
  // The stages that wait already were forked without the module.
  for (const [pid, stage] of stages) if (stage.launch === null) dismiss(pid, stage);
}

/**
 * Process 1 of the world of another launch, if this one is to join it; null if it is to have its own or none, or that
 * world is gone.
 */
function hostOf({ within }: LaunchRequest): number | null {
  for (const [pid, stage] of stages) {
    if (stage.launch === null || stage.launch !== within || stage.world === 'none') continue;
    hearEntered(pid, stage);
    return stages.has(pid) ? pid : null;
  }
  return null;
}

function begin(request: LaunchRequest): void {
  const { plantDescriptors, freshDirectory, notifySocket } = request.start;
  const needsScratch = plantDescriptors || freshDirectory || notifySocket;
  if (request.image.kind === 'module') for (const path of request.image.preload) load(path);
  const host = hostOf(request);
  const wantsWorld = (request.isolation ?? 'none') !== 'none';
  if (wantsWorld && request.within !== undefined && host === null && whyNoWorld === null) {
    // In a world of its own the program would meet nothing of the launch that it was to join.
    tell({ launch: request.launch, type: 'lost', because: 'the launch whose world it was to enter is over' });
    return;
  }
  apart = wantsWorld && host === null;
  for (;;) {
    if (waiting().length === 0) forkStage();
    for (const [pid, stage] of waiting()) {
      const isOwn = stage.world !== 'none';
      const isolated = isOwn || host !== null;
      const whyNot = isolated ? null : whyNoWorld;
      const ownScratch = isOwn ? leavings.scratch : needsScratch ? makeScratch() : scratch;
      const assigned: Assignment = { request, scratch: ownScratch, host, isolated, whyNot };
      if (say(stage.commands, assigned) === null) {
        // One that a canary has left was counted when it was new.
        if (expected !== null && isOwn && stage.served === 'nobody') expected = Math.max(0, expected - 1);
        stage.served = request.changesNothing === true ? 'a canary' : 'a program';
        stage.launch = request.launch;
        stage.stopTimeoutMs = request.stopTimeoutMs ?? stopTimeoutMs;
        if (typeof stage.world !== 'string') stage.pending = request;
        spare = 0;
        return;
      }
      // The stage was killed while it waited.
      dismiss(pid, stage);
    }
  }
}

/** Whether launches in worlds are announced: then nothing else is made ready. */
const isTold = (): boolean => expected !== null && whyNoWorld === null;

/** Whether a stage is to be forked before a launch needs it. */
function isSpareWanted(): boolean {
  return isTold() ? waiting(true).length < Math.min(expected ?? 0, ahead) : waiting().length < spare;
}

/**
 * Whether a stage outside of worlds is to be forked that could remove the directory of the run, should this process and
 * the harness be killed together. A stage in a world of its own takes one launch and ends: between two of them nobody
 * else would be there. As long as one has not begun there is no hurry.
 */
function isKeeperWanted(): boolean {
  return (
    leavings.scratch !== null &&
    [...stages.values()].every(({ world, served }) => world !== 'none' && served === 'a program')
  );
}

function keepAdopted(): void {
  for (const { root } of reaper.below()) if (!stages.has(root)) kept.add(root);
}

/**
 * Ends the processes that this one has adopted from a killed stage. It gives up after a while: a process that it may
 * not signal stays.
 */
function endOrphans(): void {
  const spared = new Set([...stages.keys(), ...kept]);
  const deadline = nowMs() + endingDeadlineMs;
  while (below(spared).length > 0 && nowMs() < deadline) {
    killBelow(spared);
    for (const { pid } of below(spared)) waitpid(pid, WNOHANG);
    if (below(spared).length > 0) poll(nothing, 1);
  }
}

/** A stage has said that it is ready for the next launch, or has ended. */
function hear(pid: number, stage: Stage): void {
  if (read(stage.commands, word).value <= 0) {
    reap(pid, stage);
    return;
  }
  stage.launch = null;
  stage.endBy = null;
  if (waiting().length > keptWaiting) dismiss(pid, stage);
}

/** Forgets a stage that no longer reads its commands: it has ended, or is about to. */
function reap(pid: number, { launch, commands, world, keep }: Stage): void {
  // With `keep`, process 1 of a world lives for as long as anything in it, and is not waited for.
  if (!keep || world === 'none') waitpid(pid, 0);
  stages.delete(pid);
  close(commands);
  spare = 1;
  if (keep) keepAdopted();
  else endOrphans();
  // If the stage has said that the launch is over, the harness ignores this; if not, nothing else tells it.
  if (launch !== null) tell({ launch, type: 'lost', because: 'its stage was killed' });
}

function obey(request: Request): void {
  if (isNote(request)) {
    note(request);
    return;
  }
  if (request.type === 'launch') {
    begin(request);
    return;
  }
  if (request.type === 'expect') {
    expected = request.launches;
    ahead = request.all === true ? request.launches : worldsAhead;
    return;
  }
  if (request.type === 'scratch-directory') {
    tell({ type: 'scratch-directory', path: makeScratchDirectory() });
    return;
  }
  for (const [pid, stage] of stages) {
    const { launch, commands } = stage;
    if (launch !== request.launch) continue;
    if (request.type === 'end') {
      stage.keep = request.keep;
      stage.endBy ??= nowMs() + stage.stopTimeoutMs + stageEndsWithinMs;
      kill(pid, SIGCONT);
    }
    say(commands, request);
  }
}

/**
 * Kills the stages that should have ended by now. Returns in how many milliseconds the next one should; -1 if none was
 * asked to.
 */
function killLate(): number {
  let soonest = -1;
  for (const [pid, { endBy }] of stages) {
    if (endBy === null) continue;
    const left = Math.max(0, Math.ceil(endBy - nowMs()));
    if (left === 0) kill(pid, SIGKILL);
    else if (soonest < 0 || left < soonest) soonest = left;
  }
  return soonest;
}

let lookedForStoppedMs = 0;

/**
 * Continues the stages that their programs have stopped. Returns after how many milliseconds to look again; -1 for
 * never.
 */
function continueStopped(): number {
  const sinceMs = nowMs() - lookedForStoppedMs;
  if (sinceMs < stoppedAtMostMs) return Math.ceil(stoppedAtMostMs - sinceMs);
  lookedForStoppedMs += sinceMs;
  let launched = false;
  for (const [pid, { launch }] of stages) {
    if (launch === null) continue;
    launched = true;
    if (waitid(P_PID, pid, WSTOPPED | WNOHANG).code === 'CLD_STOPPED') kill(pid, SIGCONT);
  }
  return launched ? stoppedAtMostMs : -1;
}

/**
 * Ends everything when the harness is gone or has finished. Stages see the end of their commands, end their trees and
 * exit.
 */
function finish(): never {
  for (const [pid, stage] of stages) {
    close(stage.commands);
    kill(pid, SIGCONT);
    stage.endBy ??= nowMs() + stageEndsWithinMs;
  }
  while (stages.size > 0) {
    killLate();
    for (const [pid, { keep, world }] of [...stages]) {
      if (waitpid(pid, WNOHANG).value === 0 && (!keep || world === 'none')) continue;
      stages.delete(pid);
      if (keep) keepAdopted();
    }
    if (stages.size > 0) poll(nothing, 1);
  }
  endOrphans();
  const left = leavings.clear();
  // So few that the line is written in one piece: no event of a stage comes in between.
  if (left.length > 0) tell({ type: 'left-files', left: left.slice(0, 5) });
  _exit(0);
}

/**
 * Serves requests until the harness is gone or has finished. That a stage has ended is seen by poll(2) on the channel
 * of its commands, whose other end is closed then. SIGCHLD would not do: any of Node's threads may take it, and drops
 * it.
 */
function serve(): void {
  const requests = new Lines(requestChannel);
  for (;;) {
    for (let line = requests.take(); line !== undefined; line = requests.take()) {
      obey(JSON.parse(line) as Request);
    }
    if (isSpareWanted()) forkStage(apart || isTold());
    else if (isKeeperWanted()) forkStage(false);
    const watched = [...stages];
    const set = pollSet([
      requestChannel,
      ...watched.map(([, { commands }]) => commands),
      ...watched.map(([, { world }]) => (typeof world === 'string' ? -1 : world.entered)),
    ]);
    // Where a stage is to be forked ahead, poll(2) returns at once, and requests that have come are served before that
    // fork.
    const limits = [killLate(), continueStopped(), isSpareWanted() || isKeeperWanted() ? 0 : -1].filter(
      (limitMs) => limitMs >= 0,
    );
    poll(set, limits.length === 0 ? -1 : Math.min(...limits));
    watched.forEach(([pid, stage], i) => {
      if (events(set, watched.length + i + 1) !== 0) hearEntered(pid, stage);
    });
    watched.forEach(([pid, stage], i) => {
      if (events(set, i + 1) !== 0 && stages.has(pid)) hear(pid, stage);
    });
    if (events(set, 0) !== 0 && !requests.fill()) return;
  }
}

/** Why nothing can be launched here; null if something can. */
export const whyUnable = (): string | null => whyTooFewDescriptors(descriptorsNeeded);

/** @param worlds so many of the first launches probably are to have worlds of their own, null for any number */
export function runLauncher(worlds: number | null = 0): never {
  apart = worlds !== 0;
  expected = apart ? worlds : null;
  reaper.acquire();
  wakeWithoutParent();
  leavings.holdOutside();
  sigprocmask(platform.SIG_SETMASK, everySignal);
  // Node's handlers must not run in a child. The harness ends launches itself: a signal meant for it must not end the
  // launcher first, and to block it is not enough where Node has other threads.
  resetDispositions();
  for (const name of shielded) signal(signalNumber(name) ?? 0, SIG_IGN);
  leaveEventLoop();
  tell({ type: 'ready', libc: libcVersion() });
  serve();
  return finish();
}
