/**
 * The harness's side of the launcher: starts the launcher, asks it for launches, and passes each launch the events of
 * its stage.
 *
 * Longer than 250 lines: a launch and the launcher that passes events to it know each other's state.
 */

import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { nowMs } from '../libc/time.ts';
import { requireFitMachine } from '../observe/fit-machine.ts';
import { type Event, is } from './events.ts';
import { type GuardRequest, identityAt } from './guarded-names.ts';
import { endedWell, type LauncherProcess, spawnLauncher, TooFewDescriptors } from './launcher-process.ts';
import { patience } from './patience.ts';
import type {
  Action,
  ActRequest,
  EndRequest,
  ExpectRequest,
  LaunchRequest,
  LeftFilesEvent,
  Ready,
  ScratchDirectoryEvent,
  ScratchDirectoryRequest,
  ScratchEvent,
  StageEvent,
  UnableEvent,
} from './protocol.ts';
import { type LeftFile, removeTree } from './remove-tree.ts';
import { unlessAborted } from './unless-aborted.ts';

/** One launch, as its stage tells of it. */
export interface Launch {
  readonly id: number;
  /** Events so far, in order. */
  readonly events: readonly StageEvent[];
  /** Calls `listener` for every event, the former ones included. Returns a function that ends this. */
  onEvent(listener: (event: StageEvent) => void): () => void;
  /**
   * The first event that fits, also if it has come already; null if none has by the deadline, CLOCK_MONOTONIC in
   * milliseconds.
   * Rejects with the reason of the signal that the launch was made with, and when the launcher is gone.
   */
  until<E extends StageEvent>(fits: (event: StageEvent) => event is E, deadlineMs: number): Promise<E | null>;
  /** Has the stage take an action, and resolves when that is done. Rejects if the stage no longer answers. */
  act(action: Action): Promise<Event<'acted'>>;
  /**
   * Ends the program's whole tree and waits until nothing of it is left. With `keep` the tree is left to the system
   * instead, and the event `over` names the processes that still run.
   */
  end(how?: { readonly keep: boolean }): Promise<void>;
}

/**
 * A path that the launcher clears of what the program put there, if the harness is gone before it could do so itself.
 */
export interface Guard {
  /** Ends the guard: the path has been cleared, or what stands there is to stay. */
  release(): void;
}

export interface Launcher {
  /** The C library that the launcher runs on, as soon as it is ready; empty if it never is. */
  readonly libc: Promise<string>;
  /** Why there is no launcher any more; null while there is one. */
  whyGone(): string | null;
  /**
   * Announces how many launches will follow, so that stages are forked ahead. If fewer do, only the time of their forks
   * is lost.
   *
   * @param all nothing else is to be done until then: as many stages as that are forked, and not only the first
   */
  expect(launches: number, all?: boolean): void;
  /** @param signal ends every wait for an event of the launch, but not the wait for its end */
  launch(request: Omit<LaunchRequest, 'type' | 'launch'>, signal: AbortSignal | undefined): Launch;
  /**
   * A directory that is removed when the launcher ends, also if this process is killed; null if none could be made.
   * Rejects with the signal's reason.
   */
  scratchDirectory(signal: AbortSignal | undefined): Promise<string | null>;
  /** Guards a path. To be called before anything is put there: what stands there at that time is left alone. */
  guard(path: string): Guard;
  /** Ends every launch, and then the launcher. Returns the files of launches that could not be removed. */
  close(): Promise<readonly LeftFile[]>;
}

/**
 * How long the end of a launch may take after the stop time-out, milliseconds. The launcher kills a stage that hangs
 * after 5 s, so a launcher that has still said nothing hangs itself.
 */
const endsWithinMs = 15_000;
/**
 * How long a launch may take to begin, milliseconds. On a machine so busy that a fork takes longer nothing could be
 * judged.
 */
const beginsWithinMs = 60_000;
/** How long a stage may take to answer, milliseconds. One that takes longer is stopped, or traced, or hangs. */
const answersWithinMs = 15_000;

/** The longest time that setTimeout() takes, milliseconds. */
const longestTimerMs = 2 ** 31 - 1;

/** The clock by which stages tell times: CLOCK_MONOTONIC, milliseconds. */
export { nowMs };

/** Limits a wait: calls `over` when its time is up. Returns a function that cancels the limit. */
type Limit = (over: () => void) => () => void;

function until(deadlineMs: number): Limit {
  return (over) => {
    const timer = setTimeout(over, Math.min(longestTimerMs, Math.max(0, deadlineMs - nowMs())));
    return () => clearTimeout(timer);
  };
}

/** By when a launch that is made now has begun, unless its stage hangs. CLOCK_MONOTONIC, milliseconds. */
export const beginDeadlineMs = (): number => nowMs() + beginsWithinMs;

const unableToLaunch = 'nothing can be launched here';

/** The launcher cannot work, or died. */
export class LauncherGone extends Error {
  constructor(because: string, what = 'the launcher process is gone') {
    super(`${what}: ${because}`);
    this.name = 'LauncherGone';
  }
}

const isOver = is('over', 'lost');

interface LaunchChannel {
  readonly send: (request: EndRequest | ActRequest) => void;
  readonly giveUp: () => void;
  /** How long the program may take to stop, milliseconds. */
  readonly stopTimeoutMs: number;
  readonly launcher: readonly number[];
  readonly signal: AbortSignal | undefined;
}

type LauncherEvent = StageEvent | Ready | UnableEvent | ScratchDirectoryEvent | ScratchEvent | LeftFilesEvent;

class LaunchRecord implements Launch {
  readonly id: number;
  readonly events: StageEvent[] = [];
  readonly #listeners = new Set<(event: StageEvent) => void>();
  readonly #send: (request: EndRequest | ActRequest) => void;
  readonly #giveUp: () => void;
  readonly #stopTimeoutMs: number;
  readonly #launcher: readonly number[];
  readonly #signal: AbortSignal | undefined;
  readonly #rejections = new Set<(error: Error) => void>();
  #gone: Error | null = null;
  #acts = 0;

  constructor(id: number, { send, giveUp, launcher, stopTimeoutMs, signal }: LaunchChannel) {
    this.id = id;
    this.#send = send;
    this.#giveUp = giveUp;
    this.#launcher = launcher;
    this.#stopTimeoutMs = stopTimeoutMs;
    this.#signal = signal;
    void this.#expect((event) => event.type === 'stage' || isOver(event), beginsWithinMs);
  }

  /**
   * Gives the launcher up if an event does not come in time: it hangs then. Its stages see that it is gone, and end
   * their launches by themselves.
   */
  async #expect(fits: (event: StageEvent) => boolean, withinMs: number): Promise<void> {
    const fitting = (event: StageEvent): event is StageEvent => fits(event);
    const wait = (): Promise<StageEvent | null> => this.#wait(fitting, this.#patience(withinMs), undefined);
    try {
      if ((await wait()) !== null) return;
      this.#giveUp();
      await wait();
    } catch {
      // There is no launcher any more.
    }
  }

  #patience(withinMs: number): Limit {
    const stage = this.events.find(is('stage'));
    const pids = [...this.#launcher, ...(stage === undefined ? [] : [stage.pid])];
    return (over) => patience(withinMs, pids, over);
  }

  receive(event: StageEvent): void {
    // A stage's own last word stands; the launcher's "it is gone" only counts without one.
    if (event.type === 'lost' && this.events.some(isOver)) return;
    this.events.push(event);
    for (const listener of [...this.#listeners]) listener(event);
  }

  launcherIsGone(error: Error): void {
    this.#gone = error;
    for (const reject of [...this.#rejections]) reject(error);
  }

  onEvent(listener: (event: StageEvent) => void): () => void {
    for (const event of this.events) listener(event);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  until<E extends StageEvent>(
    fits: (event: StageEvent) => event is E,
    deadlineMs: number,
  ): Promise<E | null> {
    return this.#wait(fits, until(deadlineMs), this.#signal);
  }

  #wait<E extends StageEvent>(
    fits: (event: StageEvent) => event is E,
    limit: Limit,
    signal: AbortSignal | undefined,
  ): Promise<E | null> {
    const found = this.events.find(fits);
    if (found !== undefined) return Promise.resolve(found);
    if (this.#gone !== null) return Promise.reject(this.#gone);
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const over = (): void => {
        stopTimer();
        stop();
        this.#rejections.delete(fail);
        signal?.removeEventListener('abort', abort);
      };
      const fail = (error: Error): void => {
        over();
        reject(error);
      };
      const abort = (): void => fail(signal?.reason);
      const stopTimer = limit(() => {
        over();
        resolve(null);
      });
      const stop = this.onEvent((event) => {
        if (!fits(event)) return;
        over();
        resolve(event);
      });
      this.#rejections.add(fail);
      signal?.addEventListener('abort', abort);
    });
  }

  async act(action: Action): Promise<Event<'acted'>> {
    const act = ++this.#acts;
    this.#send({ type: 'act', launch: this.id, act, action });
    const done = await this.#wait(
      (event): event is Event<'acted' | 'over' | 'lost'> =>
        (event.type === 'acted' && event.act === act) || isOver(event),
      this.#patience(answersWithinMs),
      this.#signal,
    );
    if (done === null)
      throw new LauncherGone('it is stopped, or traced, or hangs', 'the stage does not answer');
    if (done.type !== 'acted') throw new LauncherGone('the stage ended before it could act');
    return done;
  }

  async end({ keep }: { readonly keep: boolean } = { keep: false }): Promise<void> {
    if (this.#gone !== null) return;
    if (!this.events.some(isOver)) this.#send({ type: 'end', launch: this.id, keep });
    await this.#expect(isOver, this.#stopTimeoutMs + endsWithinMs);
  }
}

/** The path without links in its directory: in a world of its own a link could lead elsewhere. */
function inRealDirectory(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    // There is no such directory, so nothing can come to stand in it.
    return resolve(path);
  }
}

/**
 * Removes the directory of the run, and what is mounted there. The C library that detaches mounts is loaded here alone,
 * since that is hardly ever needed.
 */
async function removeScratch(path: string): Promise<readonly LeftFile[]> {
  const { detach } = await import('../libc/linux/sys-mount.ts');
  return removeTree(dirname(path), basename(path), { detach });
}

/** Starts the launcher process, but only where processes can be observed: otherwise none is launched. */
function start(): LauncherProcess {
  if (process.platform !== 'linux') {
    // Linux always has an observer, and loading it now would delay the launcher.
    const { observer } = createRequire(__filename)(
      '../observe/system.js',
    ) as typeof import('../observe/system.ts');
    observer();
  }
  try {
    return spawnLauncher();
  } catch (error) {
    throw error instanceof TooFewDescriptors ? new LauncherGone(error.message, unableToLaunch) : error;
  }
}

/**
 * Connects to the launcher that was forked already, or else starts one. When the harness is gone, however it ended, the
 * launcher ends everything and itself.
 *
 * @param hold wraps the launcher with what the calling process does to end processes that a killed launcher leaves to
 * it
 * @throws KoffiMissing, Unobservable, UnfitMachine, LauncherGone
 */
export function startLauncher(
  forked?: LauncherProcess | null,
  hold: (launcher: LauncherProcess) => LauncherProcess = (launcher) => launcher,
): Launcher {
  requireFitMachine();
  const launcher = hold(forked ?? start());
  const launches = new Map<number, LaunchRecord>();
  let ready: (libc: string) => void = () => {};
  const libc = new Promise<string>((resolve) => {
    ready = resolve;
  });

  let unable: string | null = null;
  let over: LauncherGone | null = null;
  let tellScratchDirectory: (path: string | null) => void = () => {};
  const told = new Promise<string | null>((resolve) => {
    tellScratchDirectory = resolve;
  });
  let asked = false;
  let scratch: string | null = null;
  const left: LeftFile[] = [];

  let partial = '';
  launcher.onText((text) => {
    const lines = (partial + text).split('\n');
    partial = lines.pop() ?? '';
    for (const line of lines) {
      const event = JSON.parse(line) as LauncherEvent;
      if (event.type === 'ready') ready(event.libc);
      else if (event.type === 'unable') unable = event.because;
      else if (event.type === 'scratch') scratch = event.path;
      else if (event.type === 'left-files') left.push(...event.left);
      else if (event.type === 'scratch-directory') tellScratchDirectory(event.path);
      else launches.get(event.launch)?.receive(event);
    }
  });
  const exited = new Promise<void>((resolve) => {
    const gone = (because: string, what?: string): void => {
      if (over !== null) return;
      over = new LauncherGone(because, what);
      for (const launch of launches.values()) launch.launcherIsGone(over);
      ready('');
      tellScratchDirectory(null);
      resolve();
    };
    launcher.onEnd((how) => {
      const tellGone = (): void => (unable === null ? gone(how) : gone(unable, unableToLaunch));
      if (over !== null || scratch === null || how === endedWell) tellGone();
      // The killed launcher may have had no stage that removes the directory.
      else
        void removeScratch(scratch)
          .then((stays) => left.push(...stays))
          .then(tellGone);
    }, endsWithinMs);
  });

  // The stages of a killed launcher see that it is gone, and end what they have launched.
  const giveUp = (): void => void launcher.kill('SIGKILL');
  const pids = launcher.pid === undefined ? [] : [launcher.pid];
  /** Gives the launcher up if it has not answered in time: it hangs then. */
  const giveUpUnless = (answered: Promise<unknown>, withinMs: number): void => {
    const stop = patience(withinMs, pids, giveUp);
    void answered.finally(stop);
  };
  giveUpUnless(libc, beginsWithinMs);

  const end = async (): Promise<readonly LeftFile[]> => {
    launcher.kill('SIGCONT');
    launcher.finish();
    giveUpUnless(exited, endsWithinMs);
    await exited;
    return left;
  };
  let closing: ReturnType<typeof end> | null = null;

  let next = 0;
  return {
    libc,
    whyGone: () => over?.message ?? null,
    expect: (count, all = false) =>
      launcher.send(`${JSON.stringify({ type: 'expect', launches: count, all } satisfies ExpectRequest)}\n`),
    launch(request, signal) {
      const id = ++next;
      const send = (order: EndRequest | ActRequest): void => {
        // A program may have stopped the launcher.
        launcher.kill('SIGCONT');
        launcher.send(`${JSON.stringify(order)}\n`);
      };
      const { stopTimeoutMs = 0 } = request;
      const record = new LaunchRecord(id, { send, giveUp, launcher: pids, stopTimeoutMs, signal });
      launches.set(id, record);
      if (over !== null) record.launcherIsGone(over);
      launcher.send(
        `${JSON.stringify({ type: 'launch', launch: id, ...request } satisfies LaunchRequest)}\n`,
      );
      return record;
    },
    scratchDirectory(signal) {
      if (!asked) {
        launcher.send(`${JSON.stringify({ type: 'scratch-directory' } satisfies ScratchDirectoryRequest)}\n`);
        giveUpUnless(told, beginsWithinMs);
      }
      asked = true;
      return unlessAborted(told, signal);
    },
    guard(path) {
      const id = ++next;
      const order = (request: GuardRequest): void => void launcher.send(`${JSON.stringify(request)}\n`);
      order({ type: 'guard', guard: id, path: inRealDirectory(path), before: identityAt(path) });
      return { release: () => order({ type: 'release', guard: id }) };
    },
    close() {
      closing ??= end();
      return closing;
    },
  };
}
