/** How a process keeps hold of everything that descends from it: another way on each system. */

import { createRequire } from 'node:module';
import { linuxReaper } from './reaper-linux.ts';

/** A process below the caller. */
export interface HeldProcess {
  readonly pid: number;
  /** The process that the caller forked and from which it descends; itself where it is a child, or was adopted. */
  readonly root: number;
}

/** Process IDs are those that are seen outside, where the caller is in a namespace of its own. */
/** With the ID as it is seen outside, and the one by which the caller knows it; also for one followed that stopped. */
export type OnEnd = (pid: number, waitStatus: number, inside: number) => void;

/** Of the calling process, and its own again after a fork once it has called `acquire`. */
export interface Reaper {
  /** From now on orphans below are handed to the caller, where the system knows such a thing. @throws SystemCallError */
  acquire(): void;
  /** Orphans are handed to the caller. Where they are not, what descends from a forked process has to be followed. */
  readonly adopts: boolean;
  /** A descriptor that poll(2) finds readable once something below has ended. SIGCHLD has to be blocked. */
  open(): number;
  /** Follows a process that was just forked, and all that it will fork. It must not have run anything yet. */
  track(pid: number): void;
  /**
   * Waits for what has ended since, and tells of it; `onForked` is told first which processes are there, where that
   * has to be followed. False once nothing is left below.
   */
  reap(onEnd: OnEnd, onForked: (below: readonly number[]) => void): boolean;
  /** Processes of which a child could not be followed: nothing is known of it. Empty where none has to be. */
  lost(): readonly number[];
  /** What may be signalled without going astray. */
  below(): readonly HeldProcess[];
}

function make(): Reaper {
  const { platform } = process;
  if (platform === 'linux') return linuxReaper;
  // Only there: nothing of it is loaded on Linux.
  const require = createRequire(__filename);
  const { functionsOfLibc } = require('../libc/load-koffi.js') as typeof import('../libc/load-koffi.ts');
  if (platform === 'freebsd') {
    const { freebsdReaper } = require('./reaper-freebsd.js') as typeof import('./reaper-freebsd.ts');
    return freebsdReaper(functionsOfLibc());
  }
  if (platform === 'openbsd' || platform === 'netbsd') {
    const { trackingReaper } = require('./reaper-tracking.js') as typeof import('./reaper-tracking.ts');
    return trackingReaper(functionsOfLibc(), platform);
  }
  throw new Error(`nothing is known of how ${platform} hands on orphans`);
}

export const reaper: Reaper = make();
