/**
 * The launch directory is on a file system of its own, mounted in a private namespace. Whether the daemon keeps it
 * busy, umount(2) says, and what of it is there, the links in /proc.
 */

import { readlinkSync, statSync } from 'node:fs';
import { type NotRun, notRun, type RemainingProcess, type Unavailable } from '../facts/finding.ts';
import { isUnreadable } from '../facts/process.ts';
import type { ObservedProcess } from '../facts/run.ts';
import { usersOwn } from '../launch/scenery.ts';
import { startStates } from '../launch/start-states.ts';
import type { Probe } from './probe.ts';
import { type ProbeContext, startedOf } from './probe-context.ts';
import { remainingOf } from './processes.ts';

/** What of the program is on the file system of the launch directory, which it was given to itself. */
export interface Pins {
  readonly kind: 'pins';
  readonly directory: string;
  readonly pins: readonly (RemainingProcess & { readonly what: string })[];
  /** What umount(2) said: null if it could be unmounted; `untried` where nothing could be mounted. */
  readonly unmounted: string | null;
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'pinned-filesystem': Pins;
  }
}

function deviceOf(path: string): number | null {
  try {
    return statSync(path).dev;
  } catch {
    return null;
  }
}

function targetOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

/** By what a process is on that device. */
function linksOn({ pid, descriptors }: ObservedProcess, device: number): readonly string[] {
  const fds = isUnreadable(descriptors) ? [] : descriptors.map(({ fd }) => `fd/${fd}`);
  return ['cwd', 'root', 'exe', ...fds].filter((link) => deviceOf(`/proc/${pid}/${link}`) === device);
}

/** Where nothing can be mounted: by what a process is below a directory that was made for this launch alone. */
function linksBelow({ pid, descriptors }: ObservedProcess, directory: string): readonly string[] {
  const fds = isUnreadable(descriptors) ? [] : descriptors.map(({ fd }) => `fd/${fd}`);
  return ['cwd', 'root', 'exe', ...fds].filter((link) => {
    const target = targetOf(`/proc/${pid}/${link}`);
    return target !== null && (target === directory || target.startsWith(`${directory}/`));
  });
}

async function tryUnmount(context: ProbeContext): Promise<Pins | Unavailable | NotRun> {
  const named = context.declared.foreground ? startStates.supervised : startStates.clean;
  const start = { ...named, freshDirectory: true, ownFileSystem: true };
  return context.settled({ start, restsOn: [] }, async ({ launch, run }): Promise<Pins | NotRun> => {
    const { stage, started } = await startedOf(launch);
    const { directory, notMounted } = started;
    const pinsBy = (what: (process: ObservedProcess) => readonly string[]): Pins['pins'] =>
      run.processes.flatMap((each) => what(each).map((link) => ({ ...remainingOf(each), what: link })));
    if (notMounted === null) {
      // The directory as the launch sees it, which is in another namespace than ours.
      const device = deviceOf(`/proc/${stage}/root${directory}`);
      const pins = device === null ? [] : pinsBy((process) => linksOn(process, device));
      const { errno } = await launch.act({ kind: 'unmount' });
      return { kind: 'pins', directory, pins, unmounted: errno };
    }
    if (directory === '/') return notRun('the launch directory is the root directory');
    // In the user's own directory it may have its executable and its files, but need not stay itself.
    const ofUser = notMounted === usersOwn;
    const pins = pinsBy((process) => {
      const links = linksBelow(process, directory);
      return ofUser ? links.filter((link) => link === 'cwd' || link === 'root') : links;
    });
    return { kind: 'pins', directory, pins, unmounted: 'untried' };
  });
}

export const pinnedFilesystem: Probe<'pinned-filesystem'> = {
  name: 'pinned-filesystem',
  start: 'clean, in a directory on a file system of its own',
  repeated: false,
  foreground: true,
  run: (context) => context.inTurn(() => tryUnmount(context)),
};
