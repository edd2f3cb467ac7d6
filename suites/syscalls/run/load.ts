/** Finds the promises: every compiled module beside the folder of this one, one for each call. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { KernelPromise } from './promise.ts';

/** Folder of the compiled suite, also when this code itself runs from source in a test. */
const compiled = existsSync(join(__dirname, 'load.js'))
  ? join(__dirname, '..')
  : join(__dirname, '../../../dist/suites/syscalls');

/**
 * Loads every module in `folder`; a module declares its promises as it is loaded, and does nothing else.
 *
 * @throws Error for an id used twice
 */
export function loadPromises(folder: string = compiled): readonly KernelPromise[] {
  for (const name of readdirSync(folder).sort()) {
    if (/^[^.]+\.js$/.test(name)) require(join(folder, name));
  }
  const { declaredPromises } = require(join(compiled, 'run/promise.js')) as typeof import('./promise.ts');
  const ids = new Set<string>();
  for (const { id } of declaredPromises()) {
    if (ids.has(id)) throw new Error(`two promises are called ${id}`);
    ids.add(id);
  }
  return declaredPromises();
}

export interface SupportingPromise {
  readonly id: string;
  readonly title: string;
  readonly clause: string;
}

/** The promises a requirement rests on, in order of their ids. Nothing is run. */
export function promisesBehind(requirement: string): readonly SupportingPromise[] {
  return loadPromises()
    .filter(({ supports }) => supports?.includes(requirement))
    .map(({ id, title, clause }) => ({ id, title, clause }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
