/** The program is started again while its daemon runs. */

import type { FileReading } from '../facts/file.ts';
import type { Start, Unavailable } from '../facts/finding.ts';
import { placeOf } from '../launch/place-of.ts';
import { readBeginning } from '../observe/file-reading.ts';
import { attemptOf } from './attempt.ts';
import { withPidfile } from './declared-pidfile.ts';
import type { Probe } from './probe.ts';
import { asItIsNow } from './processes.ts';

/** A second start while the daemon of the first runs. */
export interface SecondStart {
  readonly kind: 'second-start';
  readonly path: string;
  readonly first: number;
  readonly firstIsThere: boolean;
  readonly second: Start;
  readonly before: FileReading;
  readonly after: FileReading;
}

declare module '../facts/finding.ts' {
  interface Findings {
    readonly 'second-start': SecondStart;
  }
}

export const secondStart: Probe<'second-start'> = {
  name: 'second-start',
  start: 'clean, twice',
  repeated: false,
  foreground: false,
  run: (context) =>
    withPidfile(context, (path) =>
      context.settled(
        { start: context.plainStart, restsOn: [] },
        async ({ launch: first, daemon }): Promise<SecondStart | Unavailable> => {
          const before = readBeginning(placeOf(first, path));
          let after = before;
          // Looked at before the second launch is over: its end takes away the pidfile it may have written.
          const second = await context.launched(
            { start: context.plainStart, restsOn: [], within: first },
            async (launch) => {
              const found = await attemptOf(context, launch);
              after = readBeginning(placeOf(first, path));
              return found.start;
            },
          );
          if ('kind' in second) return second;
          const firstIsThere = asItIsNow(daemon) !== null;
          return { kind: 'second-start', path, first: daemon.pid, firstIsThere, second, before, after };
        },
      ),
    ),
};
