/** The program finds a symbolic link, a hard link or a fifo in the place of its pidfile. What it leads to is watched. */

import {
  closeSync,
  constants,
  linkSync,
  lstatSync,
  openSync,
  readSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type Start, type Unavailable, unavailable } from '../facts/finding.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { placeOf } from '../launch/place-of.ts';
import { mkfifo } from '../libc/sys-stat.ts';
import { readNamedFile } from '../observe/file-reading.ts';
import { attempt } from './attempt.ts';
import { planted, withPidfile } from './declared-pidfile.ts';
import type { Probe } from './probe.ts';
import type { ProbeContext } from './probe-context.ts';
import { withWorld } from './world.ts';

export type PlantedKind = 'symbolic link' | 'hard link' | 'fifo';

/** Starts that found something in the place of the pidfile that leads to what is none of the program's business. */
export interface Plantings {
  readonly kind: 'plantings';
  readonly path: string;
  readonly plantings: readonly {
    readonly planted: PlantedKind;
    /** What became of what it leads to: `its content`, `its mode`; empty if nothing did. */
    readonly changed: readonly string[];
    readonly start: Start;
  }[];
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'planted-pidfile': Plantings;
  }
}

type Planting = Plantings['plantings'][number];

const content = 'this is none of your business\n';
/** What is longer has been changed. */
const canaryBytes = content.length + 1;

interface Canary {
  readonly text: string;
  readonly mode: number;
  readonly owner: string;
  readonly identity: string;
}

function look(path: string): Canary | null {
  try {
    const { mode, uid, gid, dev, ino } = lstatSync(path);
    const file = readNamedFile(path, canaryBytes);
    return {
      text: file.kind === 'read' ? file.bytes.toString('latin1') : file.because,
      mode,
      owner: `${uid}:${gid}`,
      identity: `${dev}:${ino}`,
    };
  } catch {
    return null;
  }
}

function changesOf(before: Canary | null, after: Canary | null): readonly string[] {
  if (before === null || after === null) return before === after ? [] : ['its existence'];
  return [
    ...(before.text === after.text ? [] : ['its content']),
    ...(before.mode === after.mode ? [] : ['its mode']),
    ...(before.owner === after.owner ? [] : ['its owner']),
    ...(before.identity === after.identity ? [] : ['the file itself']),
  ];
}

async function withLink(
  context: ProbeContext,
  within: Launch | null,
  path: string,
  kind: Exclude<PlantedKind, 'fifo'>,
): Promise<Planting | Unavailable> {
  // Beside the pidfile, since a hard link does not lead to another file system.
  const leadsTo = `${path}.canary-${process.pid}`;
  const [place, canary] = [placeOf(within, path), placeOf(within, leadsTo)];
  const makeCanary = (): void => writeFileSync(canary, content, { flag: 'wx', mode: 0o644 });
  const plant = (): void => (kind === 'hard link' ? linkSync(canary, place) : symlinkSync(leadsTo, place));
  const start = async (): Promise<Planting | Unavailable> => {
    const before = look(canary);
    const found = await attempt(context, { start: context.plainStart, restsOn: [], within });
    if ('kind' in found) return found;
    return { planted: kind, changed: changesOf(before, look(canary)), start: found.start };
  };
  return planted(context, within, canary, makeCanary, () => planted(context, within, place, plant, start));
}

/** Both ends of the fifo are held open, so that nobody has to wait to open it; what is written into it can be read. */
async function withFifo(
  context: ProbeContext,
  within: Launch | null,
  path: string,
): Promise<Planting | Unavailable> {
  const place = placeOf(within, path);
  const plant = (): void => {
    const { errno } = mkfifo(place, 0o644);
    if (errno !== null)
      throw Object.assign(new Error(`mkfifo: ${errno}`), { syscall: 'mkfifo', code: errno });
  };
  return planted(context, within, place, plant, async () => {
    const fd = openSync(place, constants.O_RDWR | constants.O_NONBLOCK);
    try {
      const found = await attempt(context, { start: context.plainStart, restsOn: [], within });
      if ('kind' in found) return found;
      let written = 0;
      try {
        written = readSync(fd, Buffer.alloc(64));
      } catch {
        // EAGAIN: it is empty.
      }
      return { planted: 'fifo', changed: written > 0 ? ['what it holds'] : [], start: found.start };
    } finally {
      closeSync(fd);
    }
  });
}

function cannotPlant(error: unknown): Unavailable {
  if (error instanceof Error && 'syscall' in error && 'code' in error) {
    return unavailable(
      `nothing could be put where the pidfile goes (${error.code})`,
      'run as a user who may write to its directory',
    );
  }
  throw error;
}

export const plantedPidfile: Probe<'planted-pidfile'> = {
  name: 'planted-pidfile',
  start: 'clean, with a link or a fifo in the place of the pidfile',
  repeated: false,
  foreground: false,
  run: (context) =>
    withPidfile(context, async (path): Promise<Plantings | Unavailable> => {
      const plantings: Planting[] = [];
      for (const kind of ['symbolic link', 'hard link', 'fifo'] as const) {
        const begun = withWorld(context, (within) =>
          kind === 'fifo' ? withFifo(context, within, path) : withLink(context, within, path, kind),
        );
        const found = await begun.catch(cannotPlant);
        if ('kind' in found) return found;
        plantings.push(found);
      }
      return { kind: 'plantings', path, plantings };
    }),
};
