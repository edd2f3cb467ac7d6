/** Loads what asks sockets where a process waits at one: it needs koffi, without which much can be observed. */

import { createRequire } from 'node:module';

type Asking = typeof import('./receives-for-ever.ts');

let asking: Asking | null = null;

function load(): Asking {
  // From source the compiled one is loaded.
  return __filename.endsWith('.ts')
    ? (createRequire(__filename)('../../../dist/harness/observe/linux/receives-for-ever.js') as Asking)
    : (createRequire(__filename)('./receives-for-ever.js') as Asking);
}

/** See `receives-for-ever.ts`. @throws KoffiMissing */
export function receivesForEver(pid: number, fd: number): boolean {
  asking ??= load();
  return asking.receivesForEver(pid, fd);
}
