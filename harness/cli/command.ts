/** What `harness/bin.cjs` loads: forks the launcher before anything else is loaded, then runs the command line. */

import { createRequire } from 'node:module';
import type { LauncherProcess } from '../launch/launcher-process.ts';
import { type Invocation, parseArguments } from '../options/arguments.ts';
import { launches } from './launches.ts';

/** From how many starts most profiles launch. */
const usualStarts = 3;

/**
 * How many launches probably are to have worlds of their own at once, as far as that can be known before a configuration
 * file is read; null for any number.
 */
function worldsAtFirst({ verb, given }: Invocation): number | null {
  if (given.isolation?.includes('none') === true) return 0;
  if (verb !== 'check') return null;
  return given.start?.flatMap((names) => names.split(',')).length ?? usualStarts;
}

function forkedLauncher(argv: readonly string[]): LauncherProcess | null {
  const invocation = parseArguments(argv);
  if (invocation.kind !== 'understood' || !launches(invocation.value)) return null;
  try {
    const { forkLauncher } = createRequire(__filename)(
      '../launch/forked-launcher.js',
    ) as typeof import('../launch/forked-launcher.ts');
    const worlds = worldsAtFirst(invocation.value);
    return forkLauncher(() => createRequire(__filename)('../launch/launcher.js'), worlds);
  } catch {
    // koffi is missing, for instance: whoever starts a launcher as a process of its own is told.
    return null;
  }
}

const argv = process.argv.slice(2);
const forked = forkedLauncher(argv);
void import('./start.ts').then(({ start }) => start(argv, forked));
