/** Fixtures and the requirements on behaviour each of them fails: exactly these, under the sysv profile. */

import type { Policy } from '../../../harness/judge/profile.ts';
import type { RequirementId } from '../../requirements/index.ts';

export interface Behaviour {
  readonly fixture: string;
  readonly fails: readonly RequirementId[];
  /** What the program declares of itself. */
  readonly declares: Partial<Policy>;
  /** How often the probes that repeat a launch do so; null leaves them out. */
  readonly repeat: number | null;
}

function fixture(name: string, fails: readonly RequirementId[], how: Partial<Behaviour> = {}): Behaviour {
  return { fixture: name, fails, declares: {}, repeat: null, ...how };
}

export const behaviours: readonly Behaviour[] = [
  fixture('recipes/sysv', []),
  fixture('recipes/own-priority', []),
  fixture('defects/watches-terminal', ['logout', 'output-after-hangup', 'terminal-hangup']),
  fixture('defects/copies-captured-output', ['captured-output']),
  fixture('defects/speaks-too-late', ['terminal-output']),
  fixture('defects/speaks-before-detaching', ['background-start']),
  fixture('defects/refuses-termination', ['termination', 'termination-after-hostile-start']),
  fixture('defects/fails-at-termination', ['termination-status']),
  fixture('defects/leaves-workers', ['termination-survivors']),
  fixture('defects/ends-at-reload', []),
  fixture('defects/keeps-low-descriptors', ['inherited-lock', 'inherited-pipe']),
  fixture('defects/keeps-signal-mask', ['termination-after-hostile-start']),
  fixture('defects/stays-in-process-group', ['keyboard-signals', 'logout', 'session-sighup']),
  fixture('defects/hands-on-descriptors', ['worker-descriptors', 'termination-survivors']),
  fixture('defects/ends-at-reload', ['sighup-reload'], { declares: { reload: true } }),
  fixture('defects/speaks-to-broken-pipe', ['captured-output', 'output-after-hangup'], {
    declares: { reload: true },
  }),
  fixture('recipes/sysv', [], { repeat: 20 }),
  fixture('defects/races-with-hangup', ['leader-start'], { repeat: 20 }),
  fixture('defects/goes-on-without-starter', ['startup-termination'], { repeat: 20 }),
];
