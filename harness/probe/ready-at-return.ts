/**
 * What the program was like when its starter had returned and whoever it had not waited for was still held, and what it
 * became. Whether something was missing, the requirements on the settled daemon say.
 */

import type { Unavailable } from '../facts/finding.ts';
import type { HeldProcesses } from '../facts/held-start.ts';
import { heldReturn } from './held-return.ts';
import { heldLine, isUnavailable } from './held-starts.ts';
import type { Probe } from './probe.ts';

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'ready-at-return': HeldProcesses;
  }
}

export const readyAtReturn: Probe<'ready-at-return'> = {
  name: 'ready-at-return',
  start: 'clean, with children last',
  repeated: false,
  foreground: false,
  run: async (context): Promise<HeldProcesses | Unavailable> => {
    const found = await heldReturn(context);
    if (isUnavailable(found)) return found;
    const { held, processes, settled, whyNotHeld } = found;
    if (isUnavailable(settled)) return settled;
    const { session, processGroup, terminal, workingDirectory } = settled.launch;
    return {
      kind: 'held-processes',
      sampledBecause: whyNotHeld,
      held,
      atReturn: processes,
      settled: settled.processes,
      daemon: settled.daemon,
      launch: { session, processGroup, terminal, workingDirectory },
      evidence: whyNotHeld === null ? held.map(heldLine) : [`starts were sampled, not held: ${whyNotHeld}`],
    };
  },
};
