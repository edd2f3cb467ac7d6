/** What a stage tells of its launch to whoever follows it by ptrace(2). */

import type { LetGoBecause } from '../facts/held-start.ts';

export interface Follower {
  /** Somebody who is followed has stopped; false for one who is not. */
  stopped(pid: number, waitStatus: number): boolean;
  /** Somebody has ended: `process` if that is to be told, `thread` if not. */
  ended(pid: number): 'process' | 'thread' | 'unknown';
  /** The starter has ended, of which nobody has been told yet. */
  returning(): void;
  /** The starter has ended, and that has been told. */
  returned(): void;
  letGo(because: LetGoBecause): void;
  /** For so long may be waited for something else, milliseconds; -1 for ever. */
  waitMs(): number;
  look(): void;
}
