/**
 * What a launch without a world of its own leaves in names that the next one needs. It is taken away where it is surely
 * the program's: a socket or a segment that a process of it held, a pidfile that names one of them, a mount that lost
 * its server. What was there before stays.
 */

import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { LeftOver } from '../facts/left-over.ts';
import { type MountLine, mountLines } from '../isolation/mount-table.ts';
import { pidfileText } from '../observe/file-reading.ts';
import { descendantsOf } from '../observe/linux/descendants.ts';
import { type HeldNames, heldNames, heldPorts, isBound, mountinfoHere } from '../observe/linux/held-names.ts';
import { errnoOf } from '../observe/linux/reading.ts';
import { pidIn } from '../observe/pidfile-text.ts';
import type { StageEvent } from './protocol.ts';
import { removeName } from './remove-name.ts';

/** Where programs put what others are to find. */
const usualPlaces = ['/run', '/tmp', '/var/tmp'];
/** The kernel stamps files by a clock that ticks this slowly at most, milliseconds: CONFIG_HZ=100, in doubt. */
const tickMs = 20;

/** Paths that its arguments may name: `/run/x.pid`, `--pidfile=x.pid`, `-p/run/x.pid`. */
function namedBy(argv: readonly string[], directory: string): readonly string[] {
  const words = argv.slice(1).flatMap((word) => {
    const value = word.includes('=') ? word.slice(word.indexOf('=') + 1) : word;
    const path = value.startsWith('-') ? value.slice(Math.max(0, value.indexOf('/'))) : value;
    return path === '' || path.startsWith('-') ? [] : [resolve(directory, path)];
  });
  return [...new Set(words)];
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Null where nothing is, or it cannot be seen: a word may be no name at all. */
function statusOf(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch {
    return null;
  }
}

/**
 * Which file it is: the next by the same name is another one, whose launch began while that of an earlier instance was
 * there. Empty where nothing is.
 */
function identityOf(path: string): string {
  const stats = statusOf(path);
  return stats === null ? '' : `${stats.dev} ${stats.ino} ${stats.birthtimeMs}`;
}

/** Made since then, milliseconds of the clock on the wall. */
function isNew(path: string, sinceMs: number): boolean {
  const stats = statusOf(path);
  return stats !== null && stats.birthtimeMs >= sinceMs - tickMs;
}

function isDeadMount({ path, type }: MountLine): boolean {
  if (!type.startsWith('fuse')) return false;
  try {
    lstatSync(join(path, '.'));
    return false;
  } catch (error) {
    // fuse(4): its server is gone.
    return errnoOf(error) === 'ENOTCONN';
  }
}

/** By whoever may: umount(8) for root, fusermount(1) for the user who has mounted it. */
function unmounted(path: string): boolean {
  const ways = [
    ['umount', '-l', path],
    ['fusermount3', '-u', '-z', path],
    ['fusermount', '-u', '-z', path],
  ] as const;
  return ways.some(
    ([command, ...rest]) =>
      process.getBuiltinModule('node:child_process').spawnSync(command, rest, { stdio: 'ignore' }).status ===
      0,
  );
}

function unmountedNow({ path }: MountLine): LeftOver {
  return { kind: 'mount', name: path, removed: unmounted(path) };
}

/** Whether something is what it is taken for: looked at by the one name, and known to others by the other. */
type Fits = (at: string, path: string) => boolean;

/** How it was before a launch. */
export interface Before {
  /** The program is about to be ended: what it holds now. */
  ending(events: readonly StageEvent[]): void;
  /** Now all of it has. */
  ended(events: readonly StageEvent[]): void;
  /** What there is of it, taken away where that can be. Empty as soon as there is nothing. */
  left(): readonly LeftOver[];
  /** While it ran there was a pidfile that named a process of it. */
  readonly hadPidfile: boolean;
}

/** @param launched the words and the directory of the launch, and what was mounted before the check, by its ID */
export function lookBefore({
  argv,
  directory,
  mounted,
}: {
  readonly argv: readonly string[];
  readonly directory: string;
  readonly mounted: ReadonlySet<string>;
}): Before {
  const sinceMs = Date.now();
  const named = namedBy(argv, directory);
  const wasThere = new Map(named.map((path) => [path, identityOf(path)]));
  const places = [...new Set([...usualPlaces, directory, ...named.map(dirname)])];
  const inPlaces = places.map((place) => {
    // Many are there of everybody, so that they are told by their names alone.
    const identity = usualPlaces.includes(place)
      ? () => null
      : (name: string) => identityOf(join(place, name));
    const before = new Map(namesIn(place).map((name) => [name, identity(name)]));
    return { place, identity, before };
  });
  const own = new Set<number>();
  let held: HeldNames = { sockets: [], ports: [], sharedMemory: [], servesFiles: false };
  let hadPidfile = false;

  const newNames = (): readonly string[] =>
    inPlaces.flatMap(({ place, identity, before }) =>
      namesIn(place)
        .filter((name) => !before.has(name) || before.get(name) !== identity(name))
        .map((name) => join(place, name)),
    );
  const isOwnPidfile: Fits = (at) => {
    if (statusOf(at)?.isFile() !== true) return false;
    const pid = pidIn(pidfileText(at) ?? '');
    return pid !== null && own.has(pid);
  };
  const toldOf = (): readonly string[] => named.filter((path) => wasThere.get(path) !== identityOf(path));
  const isDeadSocket: Fits = (at, path) => statusOf(at)?.isSocket() === true && !isBound(path);

  const takeAway = (kind: LeftOver['kind'], paths: readonly string[], fits: Fits): readonly LeftOver[] =>
    [...new Set(paths)]
      .filter((path) => isNew(path, sinceMs) && fits(path, path))
      .map((name) => {
        const removed = removeName(name, (at) => isNew(at, sinceMs) && fits(at, name));
        return { kind, name, removed };
      });

  return {
    get hadPidfile() {
      return hadPidfile;
    },
    ending(events) {
      const stage = events.find((event) => event.type === 'stage');
      const now = stage?.type === 'stage' ? descendantsOf(stage.pid) : [];
      for (const pid of now) own.add(pid);
      held = heldNames(now);
      hadPidfile = [...toldOf(), ...newNames()].some(
        (path) => isNew(path, sinceMs) && isOwnPidfile(path, path),
      );
    },
    ended(events) {
      for (const event of events) if ('pid' in event && event.type !== 'stage') own.add(event.pid);
    },
    left() {
      // Of a file system that another process serves nobody knows how long it takes to answer.
      const made = held.servesFiles
        ? mountLines(mountinfoHere()).filter((mount) => !mounted.has(mount.id))
        : [];
      // One may hide another by the same name, and only the upper one answers or does not: it goes first.
      const dead = made.reverse().flatMap((mount) => (isDeadMount(mount) ? [unmountedNow(mount)] : []));
      return [
        ...takeAway('socket', [...held.sockets, ...toldOf()], isDeadSocket),
        ...takeAway('pidfile', [...toldOf(), ...newNames()], isOwnPidfile),
        ...takeAway('shared-memory', held.sharedMemory, () => true),
        ...dead,
        ...heldPorts(new Set(held.ports.map(({ inode }) => inode))).map(({ name }) => ({
          kind: 'port' as const,
          name,
          removed: false,
        })),
      ];
    },
  };
}
