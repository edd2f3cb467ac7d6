/** What the verbs ask of the rest: loaded only by the verb that needs it, and replaced in tests. */

import type { BatchRequest } from '../batch/batch.ts';
import type { FoundProcess } from '../check/find-processes.ts';
import type { CheckRequest, InspectRequest } from '../check/request.ts';
import type { Diagnosis } from '../doctor/diagnose.ts';
import type { editFor, Language } from '../judge/repair.ts';
import type { Requirement } from '../judge/requirement.ts';
import type { BatchReport } from '../report/batch/report.ts';
import type { Report } from '../report/report.ts';
import type { SuitePlan } from '../report/suite/plan.ts';
import type { SuiteReport } from '../report/suite/report.ts';

export interface Services {
  check(request: CheckRequest): Promise<Report>;
  /** Rejects with an error named NoSuchProcess if there is none. */
  inspect(request: InspectRequest): Promise<Report>;
  /** Processes that already run, of a name; without one everything that looks like a daemon. */
  findProcesses(name: string | null): Promise<readonly FoundProcess[]>;
  /** A directory that is gone when this process is, whatever ends it. Rejects if none can be made, or with the signal's reason. */
  scratchDirectory(signal: AbortSignal | undefined): Promise<string>;
  batch(request: BatchRequest): Promise<BatchReport>;
  requirements(): Promise<readonly Requirement[]>;
  /** How a program in a language is repaired where that requirement fails; null where the remedy is its own. */
  editFor(requirement: string, language: Language): Promise<ReturnType<typeof editFor>>;
  /** Ids of the kernel's and libc's promises a requirement rests on, with their titles. */
  promisesBehind(requirement: string): Promise<readonly { readonly id: string; readonly title: string }[]>;
  /** Tries what this machine lets us do. */
  diagnose(): Promise<Diagnosis>;
  /** Runs the promises of the syscall suite; `only` names ids or calls, null for all. */
  suite(how: {
    readonly libcPath: string | null;
    readonly only: readonly string[] | null;
  }): Promise<SuiteReport>;
  /** What would run on a system, by its name; null for one that has none. `here` is the system this runs on. */
  planSuite(how: {
    readonly system: string;
    readonly only: readonly string[] | null;
  }): Promise<SuitePlan | null>;
  /** Writes a suite's report below `reports` and returns its folder. */
  recordSuite(report: SuiteReport, reports: string): Promise<string>;
  version(): string;
}
