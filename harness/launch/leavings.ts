/**
 * What whoever survives has to take away: the directory of the run, and what has come to stand under guarded names.
 * The launcher and every stage know of it before it is there, and so it does not matter which of them is killed.
 */

import { chmodSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { programsOwn } from '../isolation/files.ts';
import { open } from '../libc/fcntl.ts';
import { O_PATH } from '../libc/linux/fcntl.ts';
import { detach } from '../libc/linux/sys-mount.ts';
import { platform } from '../libc/platform.ts';
import { close, fchdir, geteuid, read } from '../libc/unistd.ts';
import { GuardedNames, type GuardRequest, isGuardRequest } from './guarded-names.ts';
import type { ScratchEvent } from './protocol.ts';
import { type LeftFile, removeTree } from './remove-tree.ts';

/** Told to all who could survive. */
export type Note = GuardRequest | ScratchEvent;

export function isNote(word: { readonly type: string }): word is Note {
  return word.type === 'scratch' || isGuardRequest(word);
}

export class Leavings {
  readonly #guarded = new GuardedNames();
  /** The root as it is outside of any world that is entered later; -1 as long as nothing was noted. */
  #outside = -1;
  #scratch: string | null = null;

  /** The name of the directory of the run, whether it is there or not. */
  get scratch(): string | null {
    return this.#scratch;
  }

  note(word: Note): void {
    this.holdOutside();
    if (word.type === 'scratch') this.#scratch = word.path;
    else this.#guarded.obey(word);
  }

  /** To be called before a world is entered: names noted later are looked up outside of it. */
  holdOutside(): void {
    if (this.#outside >= 0) return;
    // It may be one that may not be read, and is held whoever covers it with another.
    const flags = process.platform === 'linux' ? O_PATH : 0;
    this.#outside = open('/', flags | platform.O_CLOEXEC).value;
  }

  /** Takes everything away; the caller stands in another directory afterwards. Returns what stays. */
  clear(): readonly LeftFile[] {
    if (this.#scratch !== null) uncover(this.#scratch);
    // By relative names: in a world that is not its own a process has no /proc/self to come back by.
    const outside = this.#outside >= 0 && fchdir(this.#outside).errno === null ? 1 : 0;
    this.#guarded.clear((path) => path.slice(outside));
    if (this.#scratch === null) return [];
    const left = removeTree(dirname(this.#scratch).slice(outside), basename(this.#scratch), { detach });
    return left.map(({ path, because }) => ({ path: '/'.repeat(outside) + path, because }));
  }
}

/** More than a world has mounted there. */
const layersAtMost = 4;

/** In a world of its own there are mounts on it, and as long as they are there rmdir(2) fails outside of it too. */
function uncover(scratch: string): void {
  for (const path of [join(scratch, programsOwn), scratch]) {
    for (let layer = 0; layer < layersAtMost && detach(path).errno === null; layer++);
  }
}

function randomName(): string {
  const bytes = Buffer.alloc(12);
  const fd = open('/dev/urandom', platform.O_CLOEXEC).value;
  const { value } = read(fd, bytes);
  if (fd >= 0) close(fd);
  // Half of what Node has comes with its own, which is loaded where there is no device.
  if (value < bytes.length) process.getBuiltinModule('node:crypto').randomFillSync(bytes);
  return `daemon-conformance-${bytes.toString('hex')}`;
}

/** Where the directory of a run is to be: a name that nobody can foresee, so that what will stand there is the run's. */
export function chooseScratch(): string {
  const place = tmpdir();
  try {
    return join(realpathSync(place), randomName());
  } catch {
    return join(place, randomName());
  }
}

function isOwnDirectory(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === geteuid();
}

/** It may have been made by the other one of launcher and stage, or be made meanwhile. */
function makeDirectory(path: string): void {
  // Mostly it is there, and an error costs many times what a look does.
  if (!isOwnDirectory(path)) {
    try {
      mkdirSync(path, 0o711);
    } catch (error) {
      if (!isOwnDirectory(path)) throw error;
    }
  }
  // Many daemons drop root and then still have to reach their files.
  chmodSync(path, 0o711);
}

/** Whoever makes it, and whoever could survive him, has to know its name. @throws what node:fs throws */
export function makeScratchAt(path: string): void {
  makeDirectory(path);
  makeDirectory(join(path, programsOwn));
}
