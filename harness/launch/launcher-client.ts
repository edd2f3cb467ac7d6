/**
 * The harness's side of the launcher: starts it, asks for launches, and hands each launch its own events.
 *
 * Longer than 250 lines: a launch and what hands it its events know each other's state.
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

/** One launch, as far as its stage has told. */
export interface Launch {
  readonly id: number;
  /** Events so far, in order. */
  readonly events: readonly StageEvent[];
  /** Calls back for every event, those that have already come included. Returns how to stop. */
  onEvent(listener: (event: StageEvent) => void): () => void;
  /**
   * The next event that fits, or the one that has already come; null at the deadline, CLOCK_MONOTONIC in milliseconds.
   * Rejects with the reason of the signal that the launch was made with, and when the launcher is gone.
   */
  until<E extends StageEvent>(fits: (event: StageEvent) => event is E, deadlineMs: number): Promise<E | null>;
  /** Has the stage do something to the launch, and resolves when it is done. Rejects where a stage no longer answers. */
  act(action: Action): Promise<Event<'acted'>>;
  /**
   * Ends the program's whole tree and waits until nothing of it is left. With `keep` the tree is left to the system
   * instead, and `over` names what still runs.
   */
  end(how?: { readonly keep: boolean }): Promise<void>;
}

/** A name that the launcher clears when the harness is gone. */
export interface Guard {
  /** It has been cleared, or what stands there is to stay. */
  release(): void;
}

export interface Launcher {
  /** C library the launcher runs on, once it is there; empty if it never was. */
  readonly libc: Promise<string>;
  /** Why there is no launcher any more; null while there is one. */
  whyGone(): string | null;
  /** Says how many launches will follow. It may be wrong: it only costs the time of those that do not. */
  expect(launches: number): void;
  /** @param signal ends every wait for the launch but the one for its end */
  launch(request: Omit<LaunchRequest, 'type' | 'launch'>, signal: AbortSignal | undefined): Launch;
  /**
   * A directory that is gone when the launcher is, whatever ends this process; null if none could be made.
   * Rejects with the signal's reason.
   */
  scratchDirectory(signal: AbortSignal | undefined): Promise<string | null>;
  /** To be called before anything is put under that name: what stands there already is left alone. */
  guard(path: string): Guard;
  /** Ends every launch, and the launcher. Returns what of their files could not be removed. */
  close(): Promise<readonly LeftFile[]>;
}

/** The launcher ends a stage that hangs 5 s after its time to stop; without a word by then, it hangs itself. Milliseconds. */
const endsWithinMs = 15_000;
/** On a machine so busy that a fork takes longer nothing could be judged. Milliseconds. */
const beginsWithinMs = 60_000;
/** A stage that has not answered by then is stopped, or traced, or hangs. Milliseconds. */
const answersWithinMs = 15_000;

/** What setTimeout() takes, in milliseconds. */
const longestTimerMs = 2 ** 31 - 1;

/** As stages tell times. */
export { nowMs };

/** Calls `over` when the time for a wait has come, unless it is stopped before. */
type Limit = (over: () => void) => () => void;

function until(deadlineMs: number): Limit {
  return (over) => {
    const timer = setTimeout(over, Math.min(longestTimerMs, Math.max(0, deadlineMs - nowMs())));
    return () => clearTimeout(timer);
  };
}

/** When a launch that is made now has begun, unless its stage hangs. CLOCK_MONOTONIC, milliseconds. */
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
  /** How long the program may take to stop. */
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

  /** A launcher from which it does not come in time hangs, and is given up; a stage then ends its launch by itself. */
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

/** As it is found from a world of its own too, in which a link would lead elsewhere. */
function inRealDirectory(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    // There is no such directory, and so nothing can come to stand in it.
    return resolve(path);
  }
}

/** Loaded where it is needed, as hardly ever: what detaches a mount calls the C library. */
async function removeScratch(path: string): Promise<readonly LeftFile[]> {
  const { detach } = await import('../libc/linux/sys-mount.ts');
  return removeTree(dirname(path), basename(path), { detach });
}

/** Where processes cannot be observed none is launched: that is found out before. */
function start(): LauncherProcess {
  if (process.platform !== 'linux') {
    // On Linux there always is one, and loading it now would keep the launcher waiting.
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
 * Talks to a launcher, which is started unless there is one already. When the harness is gone, however it ended, the
 * launcher ends everything and itself.
 *
 * @param hold what the calling process does to hold what the launcher cannot, should it be killed
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
      // One that was killed may have had no stage to do it.
      else
        void removeScratch(scratch)
          .then((stays) => left.push(...stays))
          .then(tellGone);
    }, endsWithinMs);
  });

  // Its stages see that it is gone, and end what they have.
  const giveUp = (): void => void launcher.kill('SIGKILL');
  const pids = launcher.pid === undefined ? [] : [launcher.pid];
  /** A launcher that is silent for so long hangs. */
  const giveUpUnless = (answered: Promise<unknown>, withinMs: number): void => {
    const stop = patience(withinMs, pids, giveUp);
    void answered.finally(stop);
  };
  giveUpUnless(libc, beginsWithinMs);

  let next = 0;
  return {
    libc,
    whyGone: () => over?.message ?? null,
    expect: (count) =>
      launcher.send(`${JSON.stringify({ type: 'expect', launches: count } satisfies ExpectRequest)}\n`),
    launch(request, signal) {
      const id = ++next;
      const send = (order: EndRequest | ActRequest): void => {
        // A program may have stopped it.
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
    async close() {
      launcher.kill('SIGCONT');
      launcher.finish();
      giveUpUnless(exited, endsWithinMs);
      await exited;
      return left;
    },
  };
}
