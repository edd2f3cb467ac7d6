/** The numbers of the system this runs on, and its signals by name. */

import { constants } from 'node:os';
import { darwin } from './constants/darwin.ts';
import { freebsd } from './constants/freebsd.ts';
import { linux } from './constants/linux.ts';
import { netbsd } from './constants/netbsd.ts';
import { openbsd } from './constants/openbsd.ts';
import type { PlatformConstants } from './constants/platform-constants.ts';

/** The systems whose numbers are known. Adding one is adding its table. */
export const platforms: Readonly<Partial<Record<NodeJS.Platform, PlatformConstants>>> = {
  linux,
  freebsd,
  openbsd,
  netbsd,
  darwin,
};

function here(): PlatformConstants {
  const found = platforms[process.platform];
  if (found === undefined) {
    throw new Error(`no table of libc constants for ${process.platform}: add one to harness/libc/constants`);
  }
  return found;
}

export const platform = here();

/** Number of a signal by name, `SIGRTMIN+n` included; undefined for an unknown name. */
export function signalNumber(name: string): number | undefined {
  const realTime = /^SIGRTMIN\+(\d+)$/.exec(name);
  if (realTime !== null) {
    const { firstRealTimeSignal } = platform;
    return firstRealTimeSignal === null ? undefined : firstRealTimeSignal + Number(realTime[1]);
  }
  return constants.signals[name as NodeJS.Signals];
}

/** Name of a signal number; `SIG<number>` where it has no name. */
export function signalName(number: number): string {
  for (const [name, value] of Object.entries(constants.signals)) if (value === number) return name;
  const { firstRealTimeSignal: first, lastSignal } = platform;
  if (first === null || number < first || number > lastSignal) return `SIG${number}`;
  return `SIGRTMIN+${number - first}`;
}
