/**
 * The launch directory is on a file system of its own, mounted in a private namespace. Whether the daemon keeps it
 * busy, umount(2) says, and what of it is there, the observer.
 */

import { realpathSync } from 'node:fs';
import {
  type NotRun,
  notRun,
  type RemainingProcess,
  type Unavailable,
  unavailable,
} from '../facts/finding.ts';
import { type FactName, isUnreadable } from '../facts/process.ts';
import type { ObservedProcess } from '../facts/run.ts';
import { usersOwn } from '../launch/dimensions/working-directory.ts';
import { startStates } from '../launch/start-states.ts';
import { observer } from '../observe/system.ts';
import { inCompany } from './in-company.ts';
import type { Probe } from './probe.ts';
import { type SettledLaunch, startedOf } from './probe-context.ts';
import { remainingOf } from './processes.ts';

/** What of the program is on the file system of the launch directory, which it was given to itself. */
export interface Pins {
  readonly kind: 'pins';
  readonly directory: string;
  readonly pins: readonly (RemainingProcess & { readonly what: string; readonly evidence: string })[];
  /** What umount(2) said: null if it could be unmounted; `untried` where nothing could be mounted. */
  readonly unmounted: string | null;
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'pinned-filesystem': Pins;
  }
}

type Pin = Pins['pins'][number];

/** By what a process is below a directory, and what could not be told of it. */
interface PinsFound {
  readonly pins: readonly Pin[];
  readonly untold: readonly { readonly what: string; readonly because: string }[];
}

const places = { workingDirectory: 'cwd', rootDirectory: 'root', executable: 'exe' } as const;

function isBelow(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}

function belowIn(process: ObservedProcess, directory: string): PinsFound {
  const pins: Pin[] = [];
  const untold: PinsFound['untold'][number][] = [];
  const pin = (what: string, fact: FactName): void => {
    const evidence = observer().evidenceOf(process, fact).join('; ');
    pins.push({ ...remainingOf(process), what, evidence });
  };
  for (const [fact, what] of Object.entries(places) as [keyof typeof places, string][]) {
    const path = process[fact];
    if (isUnreadable(path)) untold.push({ what, because: path.unreadable });
    else if (isBelow(path, directory)) pin(what, fact);
  }
  const { pid, descriptors } = process;
  if (isUnreadable(descriptors)) {
    return { pins, untold: [...untold, { what: 'fd', because: descriptors.unreadable }] };
  }
  for (const { fd, kind, target } of descriptors) {
    const isFile = kind === 'file' || kind === 'directory';
    // Where the system knows no path of an open file, it may be anywhere.
    if (isFile && !target.startsWith('/'))
      untold.push({ what: `fd/${fd}`, because: `no path of descriptor ${fd}` });
    else if (isBelow(target, directory)) {
      pins.push({ ...remainingOf(process), what: `fd/${fd}`, evidence: observer().listingOf(pid) });
    }
  }
  return { pins, untold };
}

/** As the kernel names it; the name itself where it is in another namespace than ours. */
function canonical(directory: string): string {
  try {
    return realpathSync(directory);
  } catch {
    return directory;
  }
}

async function tryUnmount({ launch, run }: SettledLaunch): Promise<Pins | Unavailable | NotRun> {
  const { started } = await startedOf(launch);
  const { directory, notMounted } = started;
  const found = run.processes.map((process) => belowIn(process, canonical(directory)));
  const pins = found.flatMap((each) => each.pins);
  if (notMounted === null) {
    const { errno } = await launch.act({ kind: 'unmount' });
    return { kind: 'pins', directory, pins, unmounted: errno };
  }
  if (directory === '/') return notRun('the launch directory is the root directory');
  // In the user's own directory it may have its executable and its files, but need not stay itself.
  const counts = ({ what }: { readonly what: string }): boolean =>
    notMounted !== usersOwn || what === 'cwd' || what === 'root';
  const counted = pins.filter(counts);
  const untold = found.flatMap((each) => each.untold).find(counts);
  if (counted.length === 0 && untold !== undefined) {
    return unavailable(
      `nothing is mounted (${notMounted}), and where its ${untold.what} is cannot be told: ${untold.because}`,
      'run as root on Linux, where a file system is mounted for the launch alone',
    );
  }
  return { kind: 'pins', directory, pins: counted, unmounted: 'untried' };
}

export const pinnedFilesystem: Probe<'pinned-filesystem'> = {
  name: 'pinned-filesystem',
  start: 'clean, in a directory on a file system of its own',
  repeated: false,
  foreground: true,
  run: (context) => {
    const named = context.declared.foreground ? startStates.supervised : startStates.clean;
    const start = { ...named, freshDirectory: true, ownFileSystem: true };
    // To be unmounted is nothing that reaches a process: where one is in the way it is refused.
    return inCompany(context, { start, restsOn: [] }, async (settled) => ({
      found: await tryUnmount(settled),
      untouched: true,
    }));
  },
};
