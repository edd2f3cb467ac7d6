/** Locks that the hostile start plants, tried from outside the program when it has settled. */

import type { Holder } from '../facts/finding.ts';
import { plantedDescriptors } from '../launch/protocol.ts';
import { inCompany, type Tried } from './in-company.ts';
import type { Probe } from './probe.ts';
import { holdersOf } from './processes.ts';

export type LockName = 'flock' | 'fcntl' | 'open-file-description';

/** Locks that were held when the program started, taken anew from outside after its starter had returned. */
export interface Locks {
  readonly kind: 'locks';
  readonly locks: readonly {
    readonly name: LockName;
    readonly held: boolean;
    readonly holders: readonly Holder[];
  }[];
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'inherited-lock': Locks;
  }
}

const names: readonly LockName[] = ['flock', 'fcntl', 'open-file-description'];

export const inheritedLock: Probe<'inherited-lock'> = {
  name: 'inherited-lock',
  start: 'hostile',
  repeated: false,
  foreground: false,
  run: (context) =>
    inCompany(
      context,
      { start: context.hostileStart, restsOn: ['planted-lock'] },
      async ({ launch, run }): Promise<Tried<Locks>> => {
        const { held } = await launch.act({ kind: 'relock' });
        const holders = holdersOf(run.processes, ({ planted }) => planted === plantedDescriptors[0].name);
        const locks = names.map((name) => {
          const isHeld = held.includes(name);
          return { name, held: isHeld, holders: isHeld ? holders : [] };
        });
        return { found: { kind: 'locks', locks }, untouched: true };
      },
    ),
};
