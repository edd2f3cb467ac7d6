/** A process that already runs, judged as it is. Nothing is launched and nothing signalled. */

import { isUnreadable } from '../facts/process.ts';
import { inspectedRun } from '../follow/inspected.ts';
import type { Catalogue } from '../judge/catalogue.ts';
import { libcOfThisProcess } from '../observe/platform.ts';
import type { Report } from '../report/report.ts';
import { type InspectRequest, resolveProfile } from './request.ts';
import { beginning, writeReport } from './write-report.ts';

/** No process has that ID. */
export class NoSuchProcess extends Error {
  constructor(pid: number) {
    super(`no process has the ID ${pid}`);
    this.name = 'NoSuchProcess';
  }
}

/** Looks at a process that already runs. @throws NoSuchProcess */
export async function inspectProcess(catalogue: Catalogue, request: InspectRequest): Promise<Report> {
  const began = beginning();
  const run = inspectedRun(request.pid);
  const process = run?.processes[0];
  if (run === null || process === undefined) throw new NoSuchProcess(request.pid);
  const { commandLine, executable } = process;
  const program = {
    argv: isUnreadable(commandLine) ? [] : commandLine,
    path: isUnreadable(executable) ? '' : executable,
    pid: request.pid,
  };
  const evidence = { program, runs: [run], probes: {}, inspected: true, libc: libcOfThisProcess(), began };
  return writeReport(resolveProfile(request, catalogue), evidence);
}
