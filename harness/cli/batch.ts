/** `daemon-conformance batch FILE [NAME...]`, and `batch --join REPORT...` */

import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { BatchRequest, ProgramToCheck } from '../batch/batch.ts';
import { findProgram } from '../launch/find-program.ts';
import { removeTree } from '../launch/remove-tree.ts';
import type { GivenOptions, Invocation } from '../options/arguments.ts';
import { chooseSeveral } from '../options/choice.ts';
import { understandConfig } from '../options/config-file.ts';
import { parseCount } from '../options/count.ts';
import { inputBytes, requireInput } from '../options/input-file.ts';
import { settingsOf } from '../options/settings.ts';
import { option, optionNames } from '../options/table.ts';
import { type ParseResult, understood, usageError } from '../options/usage-error.ts';
import { joinBatches, type NamedBatch } from '../report/batch/join.ts';
import type { BatchReport, WithoutReport } from '../report/batch/report.ts';
import { type BatchEntry, fill, fillAll, type Places, parseBatchFile } from './batch-file.ts';
import { batchFormats, writeBatch } from './batch-formats.ts';
import { isInShard, parseShard } from './batch-shard.ts';
import { openBatchStatus } from './batch-status.ts';
import { readReports } from './compare-files.ts';
import { complain } from './complaint.ts';
import { statusOf, stopStatus, usageErrorStatus } from './exit-status.ts';
import { watchInterruption } from './interruption.ts';
import type { Io } from './io.ts';
import { openOutputs } from './outputs.ts';
import type { Services } from './services.ts';
import { readColor } from './view.ts';
import { whyUntraced } from './why-untraced.ts';

export async function batch({ given, operands }: Invocation, io: Io, services: Services): Promise<number> {
  const usageFailed = async (line: string): Promise<number> => {
    await complain(io, line);
    return usageErrorStatus;
  };
  const color = readColor(given);
  if (color.kind === 'usage-error') return usageFailed(color.line);
  const outputs = openOutputs(given.format ?? [], Object.keys(batchFormats), io);
  if (outputs.kind === 'usage-error') return usageFailed(outputs.line);
  const tell = async (report: BatchReport): Promise<number> => {
    await writeBatch(report, outputs.value, color.value, { given, io });
    return statusOf(report.verdict, given['fail-on']?.at(-1) === 'never' ? 'never' : 'must');
  };

  if (given.join !== undefined) {
    const joined = joinFiles(operands, given, io.cwd);
    return joined.kind === 'usage-error' ? usageFailed(joined.line) : tell(joined.value);
  }
  using directories = openProgramDirectories(services);
  const planned = await plan(operands, given, io, services, directories);
  if (planned.kind === 'usage-error') return usageFailed(planned.line);
  using interruption = watchInterruption(io);
  using status = openBatchStatus(io, given.quiet !== undefined);
  let report: BatchReport;
  try {
    report = await services.batch({
      ...planned.value,
      onProgress: status.show,
      signal: interruption.signal,
    });
  } catch (error) {
    const by = interruption.stoppedBy();
    if (by === null) throw error;
    return stopStatus[by];
  }
  const by = interruption.stoppedBy();
  if (by !== null) return stopStatus[by];
  status[Symbol.dispose]();
  const untraced = whyUntraced(report.programs.map((each) => each.report));
  if (untraced !== null) await complain(io, untraced);
  return tell(report);
}

function joinFiles(files: readonly string[], given: GivenOptions, cwd: string): ParseResult<BatchReport> {
  const meaningless = (['shard', 'jobs', 'quick', 'repeat', 'trace'] as const).find(
    (name) => given[name] !== undefined,
  );
  if (meaningless !== undefined)
    return usageError(`--${meaningless} has no meaning with --join; leave it out`);
  if (files.length === 0)
    return usageError('batch --join needs the reports of the shards, as in batch --join 1.json 2.json');
  const reports = readReports(files, cwd);
  if (reports.kind === 'usage-error') return reports;
  const batches: NamedBatch[] = [];
  for (const each of reports.value) {
    if (each.kind !== 'batch')
      return usageError(`${each.file} is the report of a ${each.kind}, and only batches are joined`);
    batches.push(each);
  }
  const joined = joinBatches(batches);
  return joined.kind === 'refused' ? usageError(joined.because) : understood(joined.report);
}

/** A directory for each program, and the end of them all. */
interface ProgramDirectories {
  /** @returns the path of a new, empty directory */
  readonly add: (name: string) => Promise<string>;
  [Symbol.dispose](): void;
}

function openProgramDirectories({ scratchDirectory }: Services): ProgramDirectories {
  const made: string[] = [];
  return {
    async add(name) {
      const directory = join(
        await scratchDirectory(undefined),
        name.replace(/[^\w.-]+/g, '-').replace(/^\.+/, '-'),
      );
      mkdirSync(directory);
      made.push(directory);
      // Many daemons drop root and then still have to reach their files.
      chmodSync(directory, 0o755);
      return directory;
    },
    [Symbol.dispose]() {
      // A setup may have given it to another user, who can change it meanwhile. What stays the launcher tries, and tells.
      for (const directory of made) removeTree(dirname(directory), basename(directory));
    },
  };
}

type Plan = Pick<BatchRequest, 'programs' | 'skipped' | 'shard' | 'jobs'>;

async function plan(
  operands: readonly string[],
  given: GivenOptions,
  io: Io,
  services: Services,
  directories: ProgramDirectories,
): Promise<ParseResult<Plan>> {
  const [file, ...names] = operands;
  if (file === undefined)
    return usageError('batch needs a file, as in daemon-conformance batch programs.json');
  const shard = given.shard === undefined ? understood(null) : parseShard(given.shard.at(-1) ?? '');
  if (shard.kind === 'usage-error') return shard;
  const jobs = given.jobs === undefined ? understood(null) : parseCount(given.jobs.at(-1) ?? '', '--jobs');
  if (jobs.kind === 'usage-error') return jobs;
  const path = resolve(io.cwd, file);
  const text = requireInput(file, io.cwd, inputBytes.batch);
  if (text.kind === 'usage-error') return text;
  const declared = parseBatchFile(text.value, file);
  if (declared.kind === 'usage-error') return declared;
  const known = declared.value.map(({ name }) => name);
  const named = chooseSeveral(names, known, { of: file, noun: 'program' });
  if (named.kind === 'usage-error') return named;
  const chosen = declared.value.filter(
    ({ name }) =>
      (named.value.length === 0 || named.value.includes(name)) &&
      (shard.value === null || isInShard(name, shard.value)),
  );

  const programs: ProgramToCheck[] = [];
  const skipped: WithoutReport[] = [];
  for (const each of chosen) {
    const because = whySkipped(each, { here: dirname(path), path: each.env.PATH ?? io.env.PATH });
    if (because !== null) {
      skipped.push({ name: each.name, package: each.package, because });
      continue;
    }
    const places = { dir: await directories.add(`${programs.length + 1}-${each.name}`), here: dirname(path) };
    const program = await prepare(each, places, { of: `${file}: ${each.name}`, given, io, services });
    if (program.kind === 'usage-error') return program;
    programs.push(program.value);
  }
  return understood({ programs, skipped, shard: shard.value, jobs: jobs.value ?? availableParallelism() });
}

interface HostPlace {
  readonly here: string;
  readonly path: string | undefined;
}

function whySkipped({ needs, package: from }: BatchEntry, { here, path }: HostPlace): string | null {
  const packaged = from === null ? '' : `; it is in the package ${from}`;
  for (const program of needs.programs) {
    const word = fill(program, { dir: here, here });
    if (findProgram(word, { cwd: here, path }).kind === 'error') return `${word} is not here${packaged}`;
  }
  for (const file of needs.files) {
    const shown = fill(file, { dir: here, here });
    if (!existsSync(shown)) return `${shown} is not here${packaged}`;
  }
  const user = process.getuid?.() ?? 0;
  return needs.root && user !== 0 ? `it needs root, and this is user ${user}` : null;
}

interface Surroundings {
  readonly of: string;
  readonly given: GivenOptions;
  readonly io: Io;
  readonly services: Services;
}

async function prepare(
  { name, package: from, argv, setup, env, files, config }: BatchEntry,
  places: Places,
  { of, given, io, services }: Surroundings,
): Promise<ParseResult<ProgramToCheck>> {
  const configured = understandConfig(fillAll(config, places), of, places.dir);
  if (configured.kind === 'usage-error') return configured;
  // An option of batch that a check has too stands over what the file says.
  const overriding = Object.fromEntries(
    optionNames.flatMap((each) => {
      const words = option(each).verbs.includes('batch') ? given[each] : undefined;
      return option(each).verbs.includes('check') && words !== undefined ? [[each, words]] : [];
    }),
  );
  const settings = await settingsOf(overriding, configured.value, places.dir, async () =>
    (await services.requirements()).map(({ id }) => id),
  );
  if (settings.kind === 'usage-error') return settings;
  const filled = argv.map((word) => fill(word, places));
  const environment = { ...io.env };
  for (const [variable, value] of Object.entries(env)) environment[variable] = fill(value, places);
  const program = findProgram(filled[0] ?? '', { cwd: places.here, path: environment.PATH });
  if (program.kind === 'error') {
    return usageError(`${of}: ${program.message}; with needs.programs it is skipped where it is absent`);
  }
  for (const [file, lines] of Object.entries(files)) {
    const text = lines.map((line) => `${fill(line, places)}\n`).join('');
    writeFileSync(join(places.dir, file), text);
  }
  return understood({
    name,
    package: from,
    command: argv,
    setup: setup.map((command) => command.map((word) => fill(word, places))),
    request: {
      ...settings.value,
      argv: filled,
      path: program.path,
      cwd: places.dir,
      env: environment,
      keep: false,
    },
  });
}
