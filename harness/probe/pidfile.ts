/** The declared pidfile at the moment the starter returns, and when the program has settled. */

import type { StageEvent } from '../launch/protocol.ts';
import { type FileReading, readBeginning } from '../observe/file-reading.ts';
import type { PidfileState } from '../observe/finding.ts';
import { withPidfile } from './declared-pidfile.ts';
import type { Probe } from './probe.ts';
import { remainingOf } from './processes.ts';

function readByStage(events: readonly StageEvent[]): FileReading {
  for (const event of events) if (event.type === 'acted' && event.file !== null) return event.file;
  return { absent: 'the starter did not return' };
}

export const pidfile: Probe<'pidfile'> = {
  name: 'pidfile',
  start: 'clean',
  repeated: false,
  foreground: false,
  run: (bench) =>
    withPidfile(bench, (path) =>
      bench.settled(
        { start: bench.plainStart, restsOn: [], whenReturned: [{ kind: 'read-file', path }] },
        async ({ launch, run, daemon }): Promise<PidfileState> => ({
          kind: 'pidfile',
          path,
          atReturn: readByStage(launch.events),
          settled: readBeginning(path),
          daemon: daemon.pid,
          survivors: run.processes.filter(({ state }) => state !== 'Z').map(remainingOf),
          userId: run.launch.userId,
        }),
      ),
    ),
};
