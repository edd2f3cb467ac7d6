/** The launcher as it is executed: where it cannot be loaded, it says why in one line instead of a trace. */

import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Unable } from './protocol.ts';

type LauncherModule = typeof import('./launcher.ts');

function load(): LauncherModule {
  try {
    return createRequire(__filename)('./launcher.js') as LauncherModule;
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    writeSync(1, `${JSON.stringify({ type: 'unable', because } satisfies Unable)}\n`);
    process.exit(1);
  }
}

load().runLauncher();
