import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../harness/package-root.ts';

const folder = join(packageRoot, 'dist/fixtures/steps');

/** Every module of steps, to be preloaded: a fixture that loads one itself does so under its start state. */
export const stepModules: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.js'))
  .map((name) => join(folder, name));
