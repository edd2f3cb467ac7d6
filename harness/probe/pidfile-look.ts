/** The declared pidfile after one launch: at the return of the starter, and when the program has settled. */

import type { FileReading } from '../facts/file.ts';
import type { RemainingProcess } from '../facts/finding.ts';
import type { ProcessFacts } from '../facts/process.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { ownPid, placeOf } from '../launch/place-of.ts';
import { readBeginning } from '../observe/file-reading.ts';
import type { SettledLaunch } from './probe-context.ts';
import { remainingOf } from './processes.ts';

export interface PidfileLook {
  readonly path: string;
  /** Read by the stage the moment the starter had been waited for. */
  readonly atReturn: FileReading;
  readonly settled: FileReading;
  readonly daemon: number;
  /** Processes of the program once it had settled. */
  readonly survivors: readonly RemainingProcess[];
  /** User who launched it. */
  readonly userId: number;
}

function knownAs(launch: Launch, process: ProcessFacts): RemainingProcess {
  const inside = ownPid(launch, process);
  return { ...remainingOf(process), ...(inside === process.pid ? {} : { inside }) };
}

export function lookAt(
  { launch, run, daemon }: SettledLaunch,
  path: string,
  atReturn: FileReading,
): PidfileLook {
  return {
    path,
    atReturn,
    settled: readBeginning(placeOf(launch, path)),
    daemon: daemon.pid,
    survivors: run.processes.filter(({ state }) => state !== 'Z').map((one) => knownAs(launch, one)),
    userId: run.launch.userId,
  };
}
