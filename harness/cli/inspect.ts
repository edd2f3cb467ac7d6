/** `daemon-conformance inspect PID|NAME...`, and `inspect --all` */

import type { InspectRequest } from '../check/request.ts';
import type { FailOn } from '../judge/profile.ts';
import type { Invocation } from '../options/arguments.ts';
import { readSettings } from '../options/settings.ts';
import { type ParseResult, understood, usageError } from '../options/usage-error.ts';
import {
  type BatchProgram,
  type BatchReport,
  batchSchemaVersion,
  batchVerdict,
  byName,
} from '../report/batch/report.ts';
import { reportFormats } from '../report/formats.ts';
import type { Report } from '../report/report.ts';
import { renderReport, writeReport } from './check.ts';
import { complain } from './complaint.ts';
import { statusOf, usageErrorStatus } from './exit-status.ts';
import type { Io } from './io.ts';
import { openOutputs } from './outputs.ts';
import type { Services } from './services.ts';
import { readColor } from './view.ts';

type InspectOptions = Omit<InspectRequest, 'pid' | 'failOn'> & { readonly failOn: FailOn };

/** Its name is null where it was asked for by its ID. */
interface ChosenProcess {
  readonly pid: number;
  readonly name: string | null;
}

/** What was found for the words; `one` is told in full, `many` with a row for each. */
type ProcessSelection =
  | { readonly kind: 'one'; readonly pid: number }
  | { readonly kind: 'many'; readonly processes: readonly ChosenProcess[] };

const isProcessId = (word: string): boolean => /^[1-9]\d{0,9}$/.test(word);

async function choose(
  words: readonly string[],
  all: boolean,
  { findProcesses }: Services,
): Promise<ParseResult<ProcessSelection>> {
  if (all) {
    return words.length === 0
      ? understood({ kind: 'many', processes: await findProcesses(null) })
      : usageError(`inspect --all takes no process, and '${words[0]}' is one; leave out either`);
  }
  const [word] = words;
  if (word === undefined)
    return usageError('inspect needs a process ID or a name, as in daemon-conformance inspect 402, or --all');
  if (words.length === 1 && isProcessId(word)) return understood({ kind: 'one', pid: Number(word) });
  const processes: ChosenProcess[] = [];
  for (const each of words) {
    const found = isProcessId(each) ? [{ pid: Number(each), name: null }] : await findProcesses(each);
    if (found.length === 0)
      return usageError(`'${each}' is no process ID, and no process has that name; ps -e shows them`);
    processes.push(...found.filter(({ pid }) => !processes.some((other) => other.pid === pid)));
  }
  const [only, another] = processes;
  return understood(
    only !== undefined && another === undefined
      ? { kind: 'one', pid: only.pid }
      : { kind: 'many', processes },
  );
}

export async function inspect({ given, operands }: Invocation, io: Io, services: Services): Promise<number> {
  const usageFailed = async (line: string): Promise<number> => {
    await complain(io, line);
    return usageErrorStatus;
  };
  const color = readColor(given);
  if (color.kind === 'usage-error') return usageFailed(color.line);
  const settings = await readSettings(given, io.cwd, async () =>
    (await services.requirements()).map(({ id }) => id),
  );
  if (settings.kind === 'usage-error') return usageFailed(settings.line);
  const chosen = await choose(operands, given.all !== undefined, services);
  if (chosen.kind === 'usage-error') return usageFailed(chosen.line);
  const { profile, overrides, failOn, only, skip, expectedFailures, language } = settings.value;
  const asked: InspectOptions = { profile, overrides, failOn, only, skip, expectedFailures, language };

  if (chosen.value.kind === 'one') {
    const outputs = openOutputs(given.format ?? [], Object.keys(reportFormats), io);
    if (outputs.kind === 'usage-error') return usageFailed(outputs.line);
    const report = await look(chosen.value.pid, asked, services);
    if (typeof report === 'string') return usageFailed(report);
    await writeReport(report, await renderReport(report, outputs.value, color.value, { given, io }), io);
    return statusOf(report.verdict, failOn);
  }
  const { batchFormats, writeBatch } = await import('./batch-formats.ts');
  const outputs = openOutputs(given.format ?? [], Object.keys(batchFormats), io);
  if (outputs.kind === 'usage-error') return usageFailed(outputs.line);
  const report = await lookAtAll(chosen.value.processes, asked, services);
  if (typeof report === 'string') return usageFailed(report);
  await writeBatch(report, outputs.value, color.value, { given, io });
  return statusOf(report.verdict, failOn);
}

/** The report, or in one line that there is no such process. */
async function look(
  pid: number,
  asked: InspectOptions,
  { inspect: ask }: Services,
): Promise<Report | string> {
  try {
    return await ask({ ...asked, pid });
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchProcess') return error.message;
    throw error;
  }
}

async function lookAtAll(
  processes: readonly ChosenProcess[],
  asked: InspectOptions,
  services: Services,
): Promise<BatchReport | string> {
  const programs: BatchProgram[] = [];
  for (const { pid, name } of processes) {
    const report = await look(pid, asked, services);
    if (typeof report !== 'string') {
      const command = report.program.argv;
      programs.push({ name: `${name ?? command[0] ?? '?'} ${pid}`, package: null, command, report });
    } else if (name === null) return report;
    // One that was found by its name and has ended meanwhile is none any more.
  }
  const [first] = programs.sort(byName);
  if (first === undefined) return 'there is no such process any more';
  // Its version and platform are those of all.
  const { tool, platform } = first.report;
  const about = { schemaVersion: batchSchemaVersion, kind: 'batch', tool, platform, shard: null } as const;
  const all = { programs, unjudged: [] };
  return { ...about, ...all, skipped: [], verdict: batchVerdict(all) };
}
