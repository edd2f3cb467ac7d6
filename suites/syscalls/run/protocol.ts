/** What the runner is asked for and what it says: JSON, one message a line on its standard output. */

import type { Details } from './promise.ts';
import type { WorkerResult } from './worker.ts';

export interface RunRequest {
  /** Folder with the modules that declare the promises; null for the suite's own. */
  readonly folder: string | null;
  /** Ids, or calls whose promises are all meant; null for every one. */
  readonly only: readonly string[] | null;
  /** Path of the C library to examine; null for the one that Node has loaded. */
  readonly libcPath: string | null;
  /** After which a promise's process is hung. */
  readonly deadlineMs: number;
  /** Promises run at the same time. */
  readonly workers: number;
}

export type RunnerMessage =
  | { readonly type: 'ready'; readonly libc: string; readonly examinedLibc: string }
  | ({ readonly type: 'declared'; readonly title: string; readonly of: 'system' | 'libc' } & Details)
  | WorkerResult
  | { readonly type: 'over' };
