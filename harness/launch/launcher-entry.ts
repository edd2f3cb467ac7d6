/** The launcher as it is executed: where it cannot be loaded, it says why in one line instead of a trace. */

import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { UnableEvent } from './protocol.ts';

type LauncherModule = typeof import('./launcher.ts');

function giveUp(because: string): never {
  writeSync(1, `${JSON.stringify({ type: 'unable', because } satisfies UnableEvent)}\n`);
  process.exit(1);
}

try {
  const { runLauncher, whyUnable } = createRequire(__filename)('./launcher.js') as LauncherModule;
  const because = whyUnable();
  if (because !== null) giveUp(because);
  runLauncher();
} catch (error) {
  giveUp(error instanceof Error ? error.message : String(error));
}
