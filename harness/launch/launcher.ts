/**
 * The launcher: a long-lived `node --single-threaded` process that forks a stage for each launch. It holds nothing
 * but channels: requests come in on descriptor 0, events of all stages leave on descriptor 1. It is a subreaper
 * itself, so that what a stage leaves behind, should the program kill it, comes here and is ended.
 *
 * It is one loop around poll(2) and never enters Node's own: no stream is loaded, and a fork has less to copy.
 *
 * Longer than 250 lines: one loop, and the state of the stages that only it may touch.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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
/** A stage that has served is served again; so many are kept for it. */
const keptWaiting = 8;
/** So many worlds are entered ahead of the launches that are expected: more would keep the first ones waiting. */
const worldsAhead = 3;
const nothing = pollSet([]);
const SIGCONT = signalNumber('SIGCONT') ?? 18;
/** How long a stage that a program has stopped stays so. No event tells of it, see `serve`. Milliseconds. */
const stoppedAtMostMs = 250;

interface Stage {
  /** Null while the stage waits for one. */
  launch: number | null;
  /** What it was told to do before it had entered its world; null once it has. */
  pending: LaunchRequest | null;
  readonly commands: number;
  /** Whether it is process 1 of a world of its own. */
  world: 'none' | 'entered' | ForkedWorld;
  /** What it leaves behind was asked to be left running. */
  keep: boolean;
  /** How long what it launched is waited for before it is killed, milliseconds. */
  stopTimeoutMs: number;
  /** When it has to have ended, CLOCK_MONOTONIC in milliseconds; null as long as it was not asked to. */
  endBy: number | null;
}

/** A stage that has killed its tree ends itself; one that hangs must not keep everybody waiting. */
const stageEndsWithinMs = endingDeadlineMs + 2000;

const stages = new Map<number, Stage>();
/** Modules that stages find loaded. */
const loaded = new Set<string>();
/** Adopted from a stage that was asked to leave them running. */
const kept = new Set<number>();
const leavings = new Leavings();
const word = Buffer.alloc(16);
/** Forked beforehand, a stage is no part of the time a launch takes: the first, and one for each that was used up. */
let spare = 1;
/** Directory of the run, once it was made. */
let scratch: string | null = null;
const identity = { userId: process.geteuid?.() ?? 0, groupId: process.getegid?.() ?? 0 };
/** Why no launch can have a world of its own here; null as long as nothing was in the way. */
let whyNoWorld = process.platform === 'linux' ? null : 'there are no namespaces on this system';
/** So many that ended before they had entered, one after another, are no accident. */
const endedAtMost = 5;
let endedInARow = 0;
/** As the last launch was asked for: the next one probably is too. */
let apart = false;
/** Launches of which it was told that they will come; null where nobody tells. */
let expected: number | null = null;

function tell(event: StageEvent | Ready | ScratchDirectoryEvent | ScratchEvent | LeftFilesEvent): void {
  write(eventChannel, Buffer.from(`${JSON.stringify(event)}\n`));
}

function say(commands: number, word: Assignment | Request | ScratchEvent | DismissedEvent): string | null {
  return write(commands, Buffer.from(`${JSON.stringify(word)}\n`)).errno;
}

/** Told to all who could survive this process. A stage that has not read for long is left out: the others have. */
function note(word: Note): void {
  leavings.note(word);
  const line = Buffer.from(`${JSON.stringify(word)}\n`);
  for (const [, { commands }] of stages) sendAtOnce(commands, line);
}

/** Where the directory of the run is to be: everybody knows before anybody makes it. */
function scratchName(): string {
  if (leavings.scratch !== null) return leavings.scratch;
  const told: ScratchEvent = { type: 'scratch', path: chooseScratch() };
  tell(told);
  note(told);
  return told.path;
}

function makeScratch(): string | null {
  if (scratch !== null) return scratch;
  // Should this process and the harness be killed together, it is there to remove what is made now.
  if (stages.size === 0) forkStage();
  const path = scratchName();
  try {
    makeScratchAt(path);
    scratch = path;
    rehearse(path);
  } catch {
    // Then nothing is planted, and the canary says so.
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
 * Read while 0, 1 and 2 are still open: what Bun opens on one of these numbers it never closes. Why it cannot be read is
 * thrown where it is run.
 */
function readModule(path: string): () => void {
  try {
    // biome-ignore lint/plugin: a fixture of this package, not a file that others name.
    const run = compileFunction(readFileSync(path, 'utf8'), ['exports', 'require'], { filename: path });
    const requireFrom = createRequire(path);
    return () => run({}, requireFrom);
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** Both ends stand above whatever Node keeps open, so that a stage can close those of its siblings in one go. */
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

function forkStage(intoWorld = apart): void {
  const { ours, theirs } = commandChannel();
  const path = intoWorld && whyNoWorld === null ? scratchName() : null;
  // Where somebody could remove it already.
  if (path !== null && stages.size > 0) makeScratch();
  const inheritance = { events: eventChannel, commands: theirs, readModule, leavings };
  const forked =
    path === null
      ? must('fork', fork())
      : forkIntoWorld(identity, { path, make: makeScratchAt }, (why) =>
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
  // It waits for its first command.
  reaper.track(pid);
  const world = typeof forked === 'number' ? 'none' : forked;
  stages.set(pid, {
    launch: null,
    pending: null,
    commands: ours,
    world,
    keep: false,
    stopTimeoutMs,
    endBy: null,
  });
}

/** Those of the kind that is asked for now. */
function waiting(): readonly (readonly [number, Stage])[] {
  const plain = !apart || whyNoWorld !== null;
  return [...stages].filter(([, { launch, world }]) => launch === null && (world === 'none') === plain);
}

/** A stage has entered its world, or could not: it is gone then, and with it the hope for others. */
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
  // The next is forked anew: launches outside would meet what the former ones in worlds were kept from.
  if (why !== endedBefore || endedInARow > endedAtMost) whyNoWorld = why;
  dismiss(pid, stage);
  if (pending !== null) begin(pending);
}

/** It sees the end of its commands, and ends. */
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
  // Those that wait already would not have it.
  for (const [pid, stage] of stages) if (stage.launch === null) dismiss(pid, stage);
}

/** The first process of the world in which the launch is to be; null for one of its own, or none. */
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
  if (expected !== null) expected = Math.max(0, expected - 1);
  const isolated = (request.isolation ?? 'none') !== 'none';
  if (isolated && request.within !== undefined && host === null && whyNoWorld === null) {
    // In a world of its own it would meet nothing of what it was to meet.
    tell({ launch: request.launch, type: 'lost', because: 'the launch whose world it was to enter is over' });
    return;
  }
  apart = isolated && host === null;
  for (;;) {
    if (waiting().length === 0) forkStage();
    for (const [pid, stage] of waiting()) {
      const isOwn = stage.world !== 'none';
      const isIsolated = isOwn || host !== null;
      const whyNot = isIsolated ? null : whyNoWorld;
      const ownScratch = isOwn ? leavings.scratch : needsScratch ? makeScratch() : scratch;
      const assigned: Assignment = { request, scratch: ownScratch, host, isolated: isIsolated, whyNot };
      if (say(stage.commands, assigned) === null) {
        stage.launch = request.launch;
        stage.stopTimeoutMs = request.stopTimeoutMs ?? stopTimeoutMs;
        if (typeof stage.world !== 'string') stage.pending = request;
        spare = 0;
        return;
      }
      // It was killed while it waited.
      dismiss(pid, stage);
    }
  }
}

/** Whether a stage is to be forked before it is asked for. */
function isSpareWanted(): boolean {
  const isTold = expected !== null && apart && whyNoWorld === null;
  return waiting().length < (isTold ? Math.min(expected ?? 0, worldsAhead) : spare);
}

/**
 * A stage in a world of its own serves once: between two of them nobody would be there to remove the directory of the
 * run, should this process and the harness be killed together.
 */
function isKeeperWanted(): boolean {
  return leavings.scratch !== null && ![...stages.values()].some(({ world }) => world === 'none');
}

function keepAdopted(): void {
  for (const { root } of reaper.below()) if (!stages.has(root)) kept.add(root);
}

/** Ends what a killed stage left to this process. Not for ever: what may not be signalled stays. */
function endOrphans(): void {
  const spared = new Set([...stages.keys(), ...kept]);
  const deadline = nowMs() + endingDeadlineMs;
  while (below(spared).length > 0 && nowMs() < deadline) {
    killBelow(spared);
    for (const { pid } of below(spared)) waitpid(pid, WNOHANG);
    if (below(spared).length > 0) poll(nothing, 1);
  }
}

/** It is ready for the next launch, or has ended. */
function hear(pid: number, stage: Stage): void {
  if (read(stage.commands, word).value <= 0) {
    reap(pid, stage);
    return;
  }
  stage.launch = null;
  stage.endBy = null;
  if (waiting().length > keptWaiting) dismiss(pid, stage);
}

/** Nobody reads its commands any more: the stage has ended, or is about to. */
function reap(pid: number, { launch, commands, world, keep }: Stage): void {
  // A world that is kept has its first process for as long as anything is in it.
  if (!keep || world === 'none') waitpid(pid, 0);
  stages.delete(pid);
  close(commands);
  spare = 1;
  if (keep) keepAdopted();
  else endOrphans();
  // After `over` or `lost` this is news to nobody; otherwise it is the only word of it.
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

/** Milliseconds until the first stage is late, -1 if none can be; those that are late are killed. */
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

/** A program may stop its stage. Returns when that is to be looked for again, in milliseconds; -1 for never. */
function continueStopped(): number {
  let launched = false;
  for (const [pid, { launch }] of stages) {
    if (launch === null) continue;
    launched = true;
    if (waitid(P_PID, pid, WSTOPPED | WNOHANG).code === 'CLD_STOPPED') kill(pid, SIGCONT);
  }
  return launched ? stoppedAtMostMs : -1;
}

/** The harness is gone or has finished: stages see the end of their commands, end their trees and exit. */
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
  // As many as fit into one line that nobody can break.
  if (left.length > 0) tell({ type: 'left-files', left: left.slice(0, 5) });
  _exit(0);
}

/**
 * Until the harness is gone or has finished. A pipe that nobody reads is an error to poll(2), and tells of a stage's
 * end; SIGCHLD would not do, since any of Node's threads may take it, and drops it.
 */
function serve(): void {
  const requests = new Lines(requestChannel);
  for (;;) {
    for (let line = requests.take(); line !== undefined; line = requests.take()) {
      obey(JSON.parse(line) as Request);
    }
    if (isSpareWanted()) forkStage();
    else if (isKeeperWanted()) forkStage(false);
    const watched = [...stages];
    const set = pollSet([
      requestChannel,
      ...watched.map(([, { commands }]) => commands),
      ...watched.map(([, { world }]) => (typeof world === 'string' ? -1 : world.entered)),
    ]);
    // What is asked for goes before what will be.
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

/** @param isolating the first launch probably is to have a world of its own */
export function runLauncher(isolating = false): never {
  apart = isolating;
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
