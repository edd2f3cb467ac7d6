/** Launches programs of the matrix, several at a time, and keeps what became of each. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '../../harness/facts/run.ts';
import { type Checker, type CheckRequest, openChecker, type Progress } from '../../harness/index.ts';
import type { Policy } from '../../harness/judge/profile.ts';
import type { Image, Isolation } from '../../harness/launch/protocol.ts';
import { must } from '../../harness/libc/library.ts';
import { platform } from '../../harness/libc/platform.ts';
import { getrlimit, setrlimit } from '../../harness/libc/sys-resource.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { killProcess } from '../kills/victims.ts';
import type { Expectation, Program } from './expectations/expectation.ts';
import { stepModules } from './step-modules.ts';

/** The runs of one program under all start states it concerns. */
export interface Recording {
  readonly expectation: Expectation;
  readonly declares: Partial<Policy>;
  readonly runs: readonly Run[];
}

/** Programs under way at once unless told otherwise, each under up to five start states. */
export const usuallyAtOnce = 4;

const compiled = (path: string): string => join(packageRoot, 'dist/fixtures', `${path}.js`);

function imageOf(program: Program): { readonly argv: readonly string[]; readonly image: Image } {
  switch (program.kind) {
    case 'fixture': {
      const path = compiled(program.path);
      return {
        argv: [path],
        image: { kind: 'module', path, preload: stepModules },
      };
    }
    case 'executed':
      return {
        argv: ['node', '--single-threaded', compiled(program.path)],
        image: { kind: 'execute', path: process.execPath },
      };
    case 'command':
      return { argv: program.argv, image: { kind: 'execute', path: program.argv[0] } };
  }
}

/** Each daemon is told once, by its process ID. */
function tellWhenWatched(): (progress: Progress) => void {
  const told = new Set<number>();
  return ({ phase, daemon }) => {
    if (phase !== 'watching' || daemon === null || told.has(daemon)) return;
    told.add(daemon);
    killProcess(daemon, 'SIGUSR1');
  };
}

async function record(
  checker: Checker,
  expectation: Expectation,
  {
    directory,
    slowness,
    isolation,
  }: { readonly directory: string; readonly slowness: number; readonly isolation: Isolation },
): Promise<Recording> {
  const { program, starts, foreground, deadlineMs } = expectation;
  const { argv, image } = imageOf(program);
  const pidfile = join(directory, `${expectation.name.replaceAll(/[^a-z0-9]+/g, '-')}.pid`);
  const declares: Partial<Policy> = {
    ...expectation.declares,
    ...(expectation.pidfile ? { pidfile } : {}),
  };
  const given = expectation.arguments.map((each) => each.replaceAll('{dir}', directory));
  const request: CheckRequest = {
    profile: foreground ? 'supervised' : 'sysv',
    overrides: declares,
    argv: [...argv, ...given, ...(expectation.pidfile ? [pidfile] : [])],
    path: image.path,
    image,
    cwd: directory,
    env: { PATH: '/usr/bin:/bin' },
    starts,
    timeoutMs: deadlineMs * slowness,
    isolation,
    ...(expectation.toldWhenWatched ? { onProgress: tellWhenWatched() } : {}),
  };
  try {
    const { runs } = await checker.check(request);
    return { expectation, declares, runs };
  } catch (error) {
    throw new Error(`${expectation.name} could not be checked`, { cause: error });
  }
}

/**
 * Records them all through one checker. What any of them leaves in its directory is removed.
 *
 * @param slowness of this machine, by which their deadlines are longer
 * @param isolation whether each launch has a world of its own
 * @param atOnce programs under way at once
 */
export async function recordAll(
  expectations: readonly Expectation[],
  slowness: number,
  isolation: Isolation,
  atOnce = usuallyAtOnce,
): Promise<readonly Recording[]> {
  const directory = mkdtempSync(join(tmpdir(), 'programs-'));
  // Of whoever runs this it may be any; a program that leaves it alone is expected to have the usual one.
  const { hard } = getrlimit(platform.RLIMIT_CORE);
  must('setrlimit', setrlimit(platform.RLIMIT_CORE, { soft: 0n, hard }));
  const checker = openChecker();
  const recordings: Recording[] = [];
  const recordThese = async (some: readonly Expectation[], workers: number): Promise<void> => {
    const queue = some.values();
    const work = async (): Promise<void> => {
      for (const each of queue)
        recordings.push(await record(checker, each, { directory, slowness, isolation }));
    };
    await Promise.all(Array.from({ length: workers }, work));
  };
  try {
    await recordThese(
      expectations.filter(({ timed }) => !timed),
      atOnce,
    );
    await recordThese(
      expectations.filter(({ timed }) => timed),
      1,
    );
    return recordings;
  } finally {
    await checker.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
