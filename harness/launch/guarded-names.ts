/**
 * Names under which something is about to be put for a while, by the harness or by a program it launches. The launcher
 * and its stages are told of each beforehand: when the harness is gone, they take away what has come to stand there.
 */

import { lstatSync } from 'node:fs';
import { identityOf } from '../observe/file-reading.ts';
import { removeName } from './remove-name.ts';

/** `device:inode` of what stands under the name; null if nothing does, or it cannot be seen. */
export function identityAt(path: string): string | null {
  try {
    return identityOf(lstatSync(path));
  } catch {
    return null;
  }
}

/** Removes what stands under the name, unless it is what stood there before: whoever comes next finds that. */
export function removeUnless(path: string, before: string | null): void {
  removeName(path, (at) => identityAt(at) !== before);
}

export type GuardRequest =
  | { readonly type: 'guard'; readonly guard: number; readonly path: string; readonly before: string | null }
  /** It has been taken away, or is to stay. */
  | { readonly type: 'release'; readonly guard: number };

export function isGuardRequest(request: { readonly type: string }): request is GuardRequest {
  return request.type === 'guard' || request.type === 'release';
}

/** The list of them that the launcher and each of its stages has. */
export class GuardedNames {
  readonly #guarded = new Map<number, Extract<GuardRequest, { type: 'guard' }>>();

  obey(request: GuardRequest): void {
    if (request.type === 'guard') this.#guarded.set(request.guard, request);
    else this.#guarded.delete(request.guard);
  }

  /** What was put there last goes first: it may stand where something was put before. */
  clear(seenFromHere: (path: string) => string): void {
    for (const { path, before } of [...this.#guarded.values()].reverse()) {
      removeUnless(seenFromHere(path), before);
    }
    this.#guarded.clear();
  }
}
