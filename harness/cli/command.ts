/** What `harness/bin.cjs` loads: forks the launcher before anything else is loaded, then runs the command line. */

import { createRequire } from 'node:module';
import type { LauncherProcess } from '../launch/launcher-process.ts';
import { parseArguments } from '../options/arguments.ts';
import { launches } from './launches.ts';

function forkedLauncher(argv: readonly string[]): LauncherProcess | null {
  const invocation = parseArguments(argv);
  if (invocation.kind !== 'understood' || !launches(invocation.value)) return null;
  try {
    const { forkLauncher } = createRequire(__filename)(
      '../launch/forked-launcher.js',
    ) as typeof import('../launch/forked-launcher.ts');
    // What a configuration file says of it is not known yet.
    const isolating = invocation.value.given.isolation?.includes('none') !== true;
    return forkLauncher(() => createRequire(__filename)('../launch/launcher.js'), isolating);
  } catch {
    // koffi is missing, for instance: whoever starts a launcher as a process of its own is told.
    return null;
  }
}

const argv = process.argv.slice(2);
const forked = forkedLauncher(argv);
void import('./start.ts').then(({ start }) => start(argv, forked));
