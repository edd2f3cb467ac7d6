/** The observer of the system this runs on. What another system needs is not even loaded. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { descendantsOf } from './linux/descendants.ts';
import { evidenceOf, listingOf } from './linux/evidence.ts';
import { everyProcess } from './linux/kin.ts';
import { writesOf } from './linux/proc-pid-io.ts';
import { identityOf, observeProcess } from './linux/process.ts';
import { processorTimeOf } from './linux/processor-time.ts';
import type { Observer } from './observer.ts';

const linux: Observer = {
  observeProcess,
  identityOf,
  descendantsOf,
  everyProcess,
  evidenceOf,
  processorTimeOf,
  writesOf,
  listingOf,
};

/** Processes of this system cannot be observed. */
export class Unobservable extends Error {
  constructor(platform: string) {
    super(
      platform === 'darwin'
        ? 'macOS is not supported yet: its processes cannot be observed. compare, explain and list work.'
        : `there is no observer for ${platform}: Linux, FreeBSD, OpenBSD and NetBSD have one.`,
    );
    this.name = 'Unobservable';
  }
}

type BsdObservers = typeof import('./bsd-observers.ts');

/** A compiled module: from source that is the built package. */
function bsdObservers(): BsdObservers {
  const beside = join(__dirname, 'bsd-observers.js');
  const built = join(__dirname, '../../dist/harness/observe/bsd-observers.js');
  return createRequire(__filename)(existsSync(beside) ? beside : built) as BsdObservers;
}

/** @throws KoffiMissing, Unobservable */
export function observerFor(platform: string, load = bsdObservers): Observer {
  switch (platform) {
    case 'linux':
      return linux;
    case 'freebsd':
    case 'openbsd':
    case 'netbsd':
      return load().bsdObserver(platform);
    default:
      throw new Unobservable(platform);
  }
}

/** That of the running system, bound once. @throws KoffiMissing, Unobservable */
export const observer: () => Observer = once(() => observerFor(process.platform));

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
