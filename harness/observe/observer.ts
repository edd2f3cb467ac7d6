/** What every observer offers, whatever the system. */

import type { FactName, GoneProcess, Observation, ProcessFacts, Surroundings } from '../facts/process.ts';
import type { ProcessorTime } from '../facts/processor-time.ts';
import type { Kin } from './kin.ts';

export interface Observer {
  /** Everything that can be known of a process now, or that it is gone. RangeError for a pid that names no single process. */
  observeProcess(pid: number, surroundings: Surroundings): Observation | GoneProcess;
  /** Its start time, in the unit of {@link ProcessFacts.startTime}; null if it cannot be read. */
  identityOf(pid: number): number | null;
  /** Process IDs of all descendants, children before their children; zombies are among them. */
  descendantsOf(pid: number): number[];
  /** Every process that can be seen, and whom it belongs to. */
  everyProcess(): readonly Kin[];
  /** Lines a person can check by hand; for an unreadable fact its reason. */
  evidenceOf(process: ProcessFacts, name: FactName): string[];
  /** What it has used of processors; null once it is gone, or where that is hidden. */
  processorTimeOf(pid: number): ProcessorTime | null;
  /** Calls that write, whatever came of them; null where the system does not count them, or not for this observer. */
  writesOf(pid: number): number | null;
  /** The command by which a person sees what a process has open. */
  listingOf(pid: number): string;
}
