/**
 * Whether the pidfile is there before it is complete: created under its name and written later, as inotify(7) tells, or
 * moved or linked into its place complete. Where events are not to be had it is read as often as it can be while the
 * program starts: whoever waits for it reads it just as early.
 */

import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type Unavailable, unavailable } from '../facts/finding.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { placeOf } from '../launch/place-of.ts';
import { nowMs } from '../libc/time.ts';
import { pidfileText } from '../observe/file-reading.ts';
import { attemptOf } from './attempt.ts';
import { withPidfile } from './declared-pidfile.ts';
import { watchingName } from './name-history.ts';
import type { Probe } from './probe.ts';
import { type ProbeContext, startedOf } from './probe-context.ts';
import { type RepetitionRule, repeatedly } from './repeatedly.ts';
import { withWorld } from './world.ts';

/** What could be read under the pidfile's name while the program started, looked at as often as possible. */
export interface Glimpses {
  readonly kind: 'glimpses';
  readonly path: string;
  readonly attempts: number;
  readonly looks: number;
  /** Launches in which an unfinished pidfile was seen, with what was read and what it became. */
  readonly unfinished: readonly {
    readonly read: string;
    readonly became: string;
    readonly afterMs: number;
  }[];
}

/** What happened to the name of the pidfile during one start. */
export interface Appearance {
  readonly kind: 'appearance';
  readonly path: string;
  /** Names of inotify(7), in their order. */
  readonly events: readonly string[];
  /** What stands there in the end. */
  readonly became: string;
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'partial-pidfile': Appearance | Glimpses;
  }
}

/** Where events are not to be had. */
const usually: RepetitionRule = { times: 20, withinMs: 3000 };
/** Looks between two turns of the event loop. */
const looksAtOnce = 40;

interface Glimpse {
  readonly text: string;
  readonly atMs: number;
}

interface PidfileWatch {
  /** It was seen at all. */
  readonly came: boolean;
  readonly looks: number;
  readonly unfinished: Glimpses['unfinished'][number] | null;
}

function watchName(path: string, look: () => void): FSWatcher | null {
  try {
    const watcher = watch(dirname(path), (_, name) => {
      if (name === basename(path)) look();
    });
    return watcher.on('error', () => {});
  } catch {
    return null;
  }
}

async function watchOne(context: ProbeContext, launch: Launch, path: string): Promise<PidfileWatch> {
  let [looks, over] = [0, false];
  const glimpses: Glimpse[] = [];
  const look = (): void => {
    looks++;
    const text = pidfileText(path);
    if (text !== null && text !== glimpses.at(-1)?.text) glimpses.push({ text, atMs: nowMs() });
  };
  const watcher = watchName(path, look);
  try {
    const { started } = await startedOf(launch);
    const looking = (async () => {
      while (!over) {
        for (let i = 0; i < looksAtOnce; i++) look();
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
    })();
    try {
      await context.settle(launch, context.plainStart);
      // Where it comes later than the daemon, that is waited for.
      if (glimpses.length === 0) await attemptOf(context, launch);
    } finally {
      over = true;
    }
    await looking;
    look();
    const came = glimpses.length > 0;
    const became = glimpses.at(-1)?.text ?? '';
    // A part of what it became in the end; one that is written anew as a whole is finished each time.
    const part = glimpses.find(({ text }) => text !== became && became.startsWith(text));
    if (part === undefined) return { came, looks, unfinished: null };
    return {
      came,
      looks,
      unfinished: { read: part.text, became, afterMs: Math.max(0, part.atMs - started.atMs) },
    };
  } finally {
    watcher?.close();
  }
}

async function glimpsesOf(context: ProbeContext, path: string): Promise<Glimpses | Unavailable> {
  const options = { start: context.plainStart, restsOn: [] };
  const watched = await repeatedly(context, usually, async () => {
    const one = await context.launched(options, async (launch) => {
      await startedOf(launch);
      return watchOne(context, launch, placeOf(launch, path));
    });
    return 'kind' in one || one.came ? one : unavailable(`${path} never came to be there`);
  });
  if ('kind' in watched) return watched;
  const looks = watched.reduce((sum, one) => sum + one.looks, 0);
  const unfinished = watched.flatMap((one) => (one.unfinished === null ? [] : [one.unfinished]));
  return { kind: 'glimpses', path, attempts: watched.length, looks, unfinished };
}

async function appearanceOf(
  context: ProbeContext,
  path: string,
): Promise<Appearance | Glimpses | Unavailable> {
  const started = await withWorld(context, async (within) => {
    const place = placeOf(within, path);
    // Watched before the program is there, and no longer than until it is asked to end.
    return watchingName(place, (history) =>
      context.launched({ start: context.plainStart, restsOn: [], within }, async (launch) => {
        await context.settle(launch, context.plainStart);
        // Where it comes later than the daemon, that is waited for.
        if (pidfileText(place) === null) await attemptOf(context, launch);
        return { became: pidfileText(place), history: history() };
      }),
    );
  });
  if ('kind' in started) return started;
  const { became, history } = started;
  if (became === null) return unavailable(`${path} never came to be there`);
  if (history.kind === 'unknown' || history.events.length === 0) return glimpsesOf(context, path);
  return { kind: 'appearance', path, events: history.events, became };
}

export const partialPidfile: Probe<'partial-pidfile'> = {
  name: 'partial-pidfile',
  start: 'clean',
  repeated: false,
  foreground: false,
  run: (context) => withPidfile(context, (path) => appearanceOf(context, path)),
};
