/** Many programs, checked side by side on one launcher, and one report of all. */

import { dirname } from 'node:path';
import { type Checker, openChecker } from '../check/checker.ts';
import { ownSignal } from '../check/own-signal.ts';
import type { CheckRequest } from '../check/request.ts';
import type { Catalogue } from '../judge/catalogue.ts';
import { environmentFor } from '../launch/environment.ts';
import { findProgram } from '../launch/find-program.ts';
import { type Launcher, startLauncher } from '../launch/launcher-client.ts';
import { startStates } from '../launch/start-states.ts';
import { describePlatform } from '../observe/platform.ts';
import { packageVersion } from '../package-root.ts';
import {
  type BatchProgram,
  type BatchReport,
  batchSchemaVersion,
  batchVerdict,
  byName,
  type Shard,
  type WithoutReport,
} from '../report/batch/report.ts';
import { namePlaces } from './place-names.ts';
import { runSetup, type SetupPlace } from './setup.ts';

export interface ProgramToCheck {
  readonly name: string;
  readonly package: string | null;
  /** The command as declared. */
  readonly command: readonly string[];
  /** Run one after the other in the program's directory and environment, before it is checked. */
  readonly setup: readonly (readonly string[])[];
  readonly request: Omit<CheckRequest, 'onProgress' | 'signal'>;
}

export interface BatchProgress {
  readonly done: number;
  readonly total: number;
  /** Names of the programs that are being checked. */
  readonly running: readonly string[];
}

export interface BatchRequest {
  readonly programs: readonly ProgramToCheck[];
  readonly skipped: readonly WithoutReport[];
  readonly shard: Shard | null;
  /** So many programs at a time. */
  readonly jobs: number;
  readonly onProgress?: (progress: BatchProgress) => void;
  /** Aborting ends everything launched; the batch then rejects. */
  readonly signal?: AbortSignal;
}

const setupTimeoutMs = 30_000;

type ProgramOutcome =
  | { readonly kind: 'checked'; readonly program: BatchProgram }
  | { readonly kind: 'unjudged'; readonly without: WithoutReport };

export async function batch(
  catalogue: Catalogue,
  request: BatchRequest,
  launcher: Launcher = startLauncher(),
): Promise<BatchReport> {
  const checker = openChecker(catalogue, launcher);
  const signal = ownSignal(request.signal);
  try {
    const checked = await inParallel(request, (program) => checkOne(program, checker, signal));
    const programs = checked.flatMap((each) => (each.kind === 'checked' ? [each.program] : [])).sort(byName);
    const unjudged = checked.flatMap((each) => (each.kind === 'unjudged' ? [each.without] : [])).sort(byName);
    return {
      schemaVersion: batchSchemaVersion,
      kind: 'batch',
      tool: { name: 'daemon-conformance', version: packageVersion() },
      platform: describePlatform(await launcher.libc),
      shard: request.shard,
      programs,
      skipped: [...request.skipped].sort(byName),
      unjudged,
      verdict: batchVerdict({ programs, unjudged }),
    };
  } finally {
    await checker.close();
  }
}

async function inParallel(
  { programs, jobs, onProgress, signal }: BatchRequest,
  check: (program: ProgramToCheck) => Promise<ProgramOutcome>,
): Promise<readonly ProgramOutcome[]> {
  const waiting = [...programs];
  const running = new Set<string>();
  const checked: ProgramOutcome[] = [];
  const tell = (): void =>
    onProgress?.({ done: checked.length, total: programs.length, running: [...running] });
  const work = async (): Promise<void> => {
    for (let program = waiting.shift(); program !== undefined; program = waiting.shift()) {
      signal?.throwIfAborted();
      running.add(program.name);
      tell();
      const one = await check(program);
      running.delete(program.name);
      checked.push(one);
      tell();
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, programs.length) }, work));
  return checked;
}

async function checkOne(
  { name, package: from, command, setup, request }: ProgramToCheck,
  checker: Checker,
  signal: AbortSignal | undefined,
): Promise<ProgramOutcome> {
  const stoppable = signal === undefined ? {} : { signal };
  const unjudged = (because: string): ProgramOutcome => ({
    kind: 'unjudged',
    without: { name, package: from, because },
  });
  const place = { launch: launchIn(request, checker.launcher, signal), timeoutMs: setupTimeoutMs };
  const failed = await runSetup(setup, place);
  const told = async (because: string): Promise<ProgramOutcome> =>
    unjudged(namePlaces(because, await placesOf(request.cwd, checker.launcher, signal)));
  if (failed !== null) return told(`its setup failed: ${failed}`);
  try {
    const report = namePlaces(
      await checker.check({ ...request, ...stoppable }),
      await placesOf(request.cwd, checker.launcher, signal),
    );
    return { kind: 'checked', program: { name, package: from, command, report } };
  } catch (error) {
    // One program must not cost the others their report.
    signal?.throwIfAborted();
    return told(error instanceof Error ? error.message : String(error));
  }
}

/** Executes commands in the directory and environment of a program. */
function launchIn(
  { cwd, env }: ProgramToCheck['request'],
  launcher: Launcher,
  signal: AbortSignal | undefined,
): SetupPlace['launch'] {
  return (argv) => {
    const [word] = argv;
    const found = findProgram(word, { cwd, path: env.PATH });
    const asked = {
      // What is not found is told by execve(2).
      image: { kind: 'execute', path: found.kind === 'found' ? found.path : word },
      argv,
      environment: environmentFor(startStates.captured, env),
      directory: cwd,
      start: startStates.captured,
    } as const;
    return launcher.launch(asked, signal);
  };
}

/** What this run alone calls so: the program's directory, as the batch file writes it, and those of its launches. */
async function placesOf(
  dir: string,
  launcher: Launcher,
  signal: AbortSignal | undefined,
): Promise<Readonly<Record<string, string>>> {
  const scratchDirectory = await launcher.scratchDirectory(signal);
  if (scratchDirectory === null) return {};
  const scratch = dirname(scratchDirectory);
  // A directory of the user's own is told as it is.
  return { ...(dir.startsWith(`${scratchDirectory}/`) ? { [dir]: '{dir}' } : {}), [scratch]: '{scratch}' };
}
