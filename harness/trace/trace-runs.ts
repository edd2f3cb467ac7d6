/**
 * Launches a program once more from each start state, under strace(1). These launches are not judged: a tracer makes
 * a program slower, and takes set-user-ID from what it executes. With -DDD the tracer stands aside in a session of its
 * own, so that the program is itself the process that was launched, and its parent is who it would be.
 */

import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Run, TimelineEvent } from '../facts/run.ts';
import type { StartState } from '../facts/start-state.ts';
import type { MissingTrace, Trace } from '../facts/trace.ts';
import { follow, NotStarted } from '../follow/follow.ts';
import { StageLost } from '../follow/stage-lost.ts';
import { findProgram } from '../launch/find-program.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { placeOf } from '../launch/place-of.ts';
import { startStates } from '../launch/start-states.ts';
import { readNamedFile } from '../observe/file-reading.ts';
import { daemonSteps, tracedCalls } from './daemon-steps.ts';
import { parseStrace } from './parse-strace.ts';

/** Of what the tracer wrote; a program that forks without end writes more than anybody reads. */
const bytesAtMost = 16 * 1024 * 1024;

export interface TraceRequest {
  /** A directory for the tracer's files, gone with the launcher; null if there is none. */
  readonly scratchDirectory: () => Promise<string | null>;
  /** Executes a file, by its path, in a start state. */
  readonly launch: (start: StartState, argv: readonly [string, ...string[]]) => Launch;
  /** The file of the program; null where it is none that could be executed. */
  readonly program: string | null;
  readonly arguments: readonly string[];
  /** Where strace is looked for. */
  readonly searchPath: string | undefined;
  readonly timeoutMs: number;
  readonly foreground: boolean;
  readonly pidfile: string | null;
  /** Instances get in each other's way. */
  readonly exclusive: boolean;
  readonly signal?: AbortSignal;
}

interface Tracer {
  readonly kind: 'found';
  readonly path: string;
  /** `strace 6.1` */
  readonly name: string;
}

const install = 'install strace (in Debian the package strace)';

/** The runs with what was traced after their start, or why nothing was. */
export async function traceRuns(runs: readonly Run[], request: TraceRequest): Promise<readonly Run[]> {
  const tracer = await findTracer(request.searchPath);
  const traced = async (run: Run): Promise<Run> => {
    const trace = tracer.kind === 'found' ? await traceOne(run, tracer, request) : tracer;
    return { ...run, trace, timeline: [...run.timeline, ...stepEvents(trace)] };
  };
  if (!request.exclusive) return Promise.all(runs.map(traced));
  const all: Run[] = [];
  for (const run of runs) all.push(await traced(run));
  return all;
}

function stepEvents(trace: Trace): readonly TimelineEvent[] {
  if (trace.kind === 'untraced') return [];
  return trace.steps.map(({ atMs, pid, call, arguments: given, result, errno }) => {
    const returned = errno === null ? (result ?? '?') : `-1 ${errno}`;
    return { atMs, pid, event: 'step', detail: `${call}(${given.join(', ')}) = ${returned}` };
  });
}

async function findTracer(searchPath: string | undefined): Promise<Tracer | MissingTrace> {
  const found = findProgram('strace', { cwd: '/', path: searchPath });
  if (found.kind === 'error') return untraced('strace is not installed', install);
  // Only here: it takes longer to load than a launch lasts.
  const { execa } = await import('execa');
  const { stdout, failed } = await execa(found.path, ['-V'], {
    reject: false,
    timeout: 5000,
    stdin: 'ignore',
  });
  const [, version] = /^strace -- version (\S+)/.exec(stdout) ?? [];
  return failed || version === undefined
    ? untraced(`${found.path} -V does not tell a version`, install)
    : { kind: 'found', path: found.path, name: `strace ${version}` };
}

function untraced(because: string, wouldHelp: string): MissingTrace {
  return { kind: 'untraced', because, wouldHelp };
}

async function traceOne(run: Run, tracer: Tracer, request: TraceRequest): Promise<Trace> {
  const { program, timeoutMs, foreground, pidfile, signal } = request;
  if (program === null) return untraced('it is no file that strace could execute', 'name an executable file');
  const scratchDirectory = await request.scratchDirectory();
  if (scratchDirectory === null)
    return untraced('there is no directory for what strace writes', 'make TMPDIR writable');
  // Others may be traced through the same launcher at the same time.
  const file = join(scratchDirectory, `${run.start}-${randomUUID()}.strace`);
  const launch = request.launch(startStates[run.start], [
    tracer.path,
    ...['-DDD', '-f', '-q', '-y', '-ttt', '-e', `trace=${tracedCalls}`, '-o', file, '--'],
    program,
    ...request.arguments,
  ]);
  try {
    const { lost, starter, settling } = await follow(launch, {
      // Its tracer is there with it: what looks like a sleep may be a stop at a call.
      given: { ...run, isIsolated: false },
      environmentMarker: null,
      timeoutMs,
      foreground,
      pidfile,
      // It is not judged, so it has settled when it sleeps for good, or has been watched as long as what may relapse.
      holds: () => true,
      ...(signal === undefined ? {} : { signal }),
    });
    if (lost !== undefined) throw new StageLost(lost);
    // It stands where the program can write, too. The tracer may never have come so far as to create it.
    const written = readNamedFile(placeOf(launch, file), bytesAtMost);
    const text = written.kind === 'read' ? written.bytes.toString('utf8') : '';
    // A step that had not come yet, or was not read, is not one that is missing.
    const cutShort = settling.by === 'deadline' && run.settling.by !== 'deadline';
    if (cutShort || (written.kind === 'read' && written.cut)) {
      return untraced('under strace it did not settle in time', 'a longer --timeout');
    }
    const traced = daemonSteps(parseStrace(text), tracer.name);
    // Without the program's own execve there was no tracing: ptrace(2) was refused.
    const executed = traced.steps.some(({ call, errno }) => call === 'execve' && errno === null);
    return executed ? traced : refused(starter.output);
  } catch (error) {
    if (!(error instanceof NotStarted || error instanceof StageLost)) throw error;
    return untraced(`${tracer.path}: ${error.message}`, install);
  } finally {
    // The tracer ends with the tree, so that what is still traced ends too.
    await launch.end();
    rmSync(file, { force: true });
  }
}

function refused(output: string): MissingTrace {
  const said = [...output.matchAll(/^\S*strace: (.*?)\r?$/gm)].at(-1)?.[1];
  return untraced(
    said === undefined ? 'strace traced nothing' : `strace could not trace: ${said}`,
    'allow ptrace(2): in a container --cap-add SYS_PTRACE, and no other tracer above',
  );
}
