/** A start with something that was changed, and all that is there afterwards. */

import { existsSync } from 'node:fs';
import type { Started, Unavailable } from '../facts/finding.ts';
import { attemptOf } from './attempt.ts';
import type { Bench, Wanted } from './probe-context.ts';

export function startWith(bench: Bench, changed: Partial<Wanted>): Promise<Started | Unavailable> {
  const { pidfile } = bench.declared;
  return bench.inTurn(() => {
    const before = pidfile !== null && existsSync(pidfile);
    return bench.launched(
      { start: bench.plainStart, restsOn: [], ...changed },
      async (launch): Promise<Started> => {
        const { start } = await attemptOf(bench, launch);
        return {
          kind: 'started',
          foreground: bench.declared.foreground,
          start,
          pidfile: pidfile === null || before ? null : existsSync(pidfile),
        };
      },
    );
  });
}
