/** Loops that keep processors busy while something else is tried. */

import { type ChildProcess, spawn } from 'node:child_process';

export interface BusyLoops {
  end(): void;
}

/** They end with their channel, so that none outlives this process however it ends. */
export function startBusyLoops(count: number): BusyLoops {
  const loop =
    "process.stdin.on('close', () => process.exit()).resume(); const spin = () => { \
    for (const until = Date.now() + 20; Date.now() < until; ); setImmediate(spin); }; spin();";
  const loops: readonly ChildProcess[] = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', loop], { stdio: ['pipe', 'ignore', 'inherit'] }),
  );
  return {
    end: () => {
      for (const each of loops) each.kill('SIGKILL');
    },
  };
}
