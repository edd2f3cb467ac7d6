/** What a promise is: a sentence about a call, who says it, what is expected of which system, and how to see it. */

import type { LibcProgram } from '../scenery/libc-program.ts';

/** Operating systems, and on Linux its C libraries, since some promises are theirs and not the kernel's. */
export type System = 'linux' | 'freebsd' | 'openbsd' | 'netbsd' | 'darwin' | 'glibc' | 'musl';

/** A kind that somebody other than the clause vouches for. */
export interface SourcedKind {
  readonly kind: string;
  readonly source: string;
}

/** One kind for every system, or a kind for each; a system that is not named has none on record. */
export type Expectation = string | Readonly<Partial<Record<System, string | SourcedKind>>>;

/** What a body was able to see. `kind` is compared between systems, `seen` is for a person. */
export type Sighting =
  | { readonly type: 'seen'; readonly kind: string; readonly seen: string }
  | { readonly type: 'unsupported'; readonly because: string };

/** What a body finds around it, beside the process it runs in. */
export interface World {
  /** Directory of this promise alone, empty at first, in which every user may write. */
  scratch(): string;
  /** A program that runs on the C library under examination. */
  libcProgram(): LibcProgram;
}

export interface Details {
  /** Call and case, `setsid/group-leader`; never changes. */
  readonly id: `${string}/${string}`;
  readonly clause: string;
  /** Rows of the catalogue that this promise covers. */
  readonly rows?: readonly string[];
  readonly expect: Expectation;
  /** The clause leaves the answer to the system: it is recorded and never broken. */
  readonly implementationDefined?: true;
  /** Kind the clause asks for, where a system named in `expect` answers otherwise. */
  readonly standard?: string;
  /** Ids of the requirements that rest on it. */
  readonly supports?: readonly string[];
  /** Without it the promise is unsupported. */
  readonly needs?: 'root';
}

export interface KernelPromise extends Details {
  readonly title: string;
  /** Whether it runs on the C library that was given, or on the one that Node itself has loaded. */
  readonly of: 'system' | 'libc';
  readonly body: (world: World) => Sighting;
}

const declared: KernelPromise[] = [];

/** Declares a promise of the system. `body` runs in a process of its own, forked for it, that leads nothing. */
export function promise(title: string, details: Details, body: (world: World) => Sighting): void {
  declared.push({ ...details, title, of: 'system', body });
}

/** Declares a promise of the C library: the calls are made by a program that runs on it. */
export function libcPromise(
  title: string,
  details: Details,
  body: (program: LibcProgram, world: World) => Sighting,
): void {
  declared.push({ ...details, title, of: 'libc', body: (world) => body(world.libcProgram(), world) });
}

/** Every promise declared by the modules loaded so far. */
export function declaredPromises(): readonly KernelPromise[] {
  return declared;
}

/** `setsid` of `setsid/group-leader`. */
export const callOf = (id: string): string => id.slice(0, id.indexOf('/'));
