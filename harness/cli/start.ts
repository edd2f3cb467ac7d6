/** The command line of this process. */

import { writeSync } from 'node:fs';
import { editFor } from '../judge/repair.ts';
import type { Launcher } from '../launch/launcher-client.ts';
import type { LauncherProcess } from '../launch/launcher-process.ts';
import { ownVariable, parseArguments } from '../options/arguments.ts';
import { packageVersion } from '../package-root.ts';
import { escapeTerminal } from '../report/escape/terminal.ts';
import { complain } from './complaint.ts';
import { harnessFailedStatus, usageErrorStatus } from './exit-status.ts';
import type { Io } from './io.ts';
import { launches } from './launches.ts';
import { processIo } from './process-io.ts';
import type { Services } from './services.ts';

const readCatalogue = async () => (await import('../../suites/catalogue/catalogue.ts')).catalogue;

/** @param launcher throws why there is none */
const servicesWith = (launcher: () => Launcher): Services => ({
  async check(request) {
    const launching = launcher();
    const [{ openCanaries }, { startStates }, { readCanary, startIn }, { resolveRequest }, catalogue] =
      await Promise.all([
        import('../launch/canary.ts'),
        import('../launch/start-states.ts'),
        import('../check/launch-program.ts'),
        import('../check/request.ts'),
        readCatalogue(),
      ]);
    const canaries = openCanaries(launching);
    const { signal: _, ...unwatched } = request;
    const resolved = resolveRequest(unwatched, catalogue);
    // They are on their way while the rest is loaded. Nobody waits for them here.
    for (const name of resolved.starts) {
      const start = startIn(startStates[name], resolved);
      void readCanary({ launcher: launching, canaries }, start, resolved);
    }
    const { check } = await import('../check/checker.ts');
    return check(catalogue, request, launching, canaries);
  },
  inspect: async (request) =>
    (await import('../check/inspect.ts')).inspectProcess(await readCatalogue(), request),
  async findProcesses(name) {
    const { everyDaemon, processesNamed } = await import('../check/find-processes.ts');
    return name === null ? everyDaemon() : processesNamed(name);
  },
  async scratchDirectory(signal) {
    const launching = launcher();
    const scratchDirectory = await launching.scratchDirectory(signal);
    if (scratchDirectory === null)
      throw new Error(launching.whyGone() ?? 'no directory could be made: see TMPDIR');
    return scratchDirectory;
  },
  async batch(request) {
    return (await import('../batch/batch.ts')).batch(await readCatalogue(), request, launcher());
  },
  requirements: async () => (await import('../../suites/requirements/index.ts')).requirements,
  editFor: async (requirement, language) => {
    const { guide } = await import('../../suites/repairs/guide.ts');
    return editFor(requirement, guide, language);
  },
  promisesBehind: async (requirement) =>
    (await import('../../suites/syscalls/run/load.ts')).promisesBehind(requirement),
  diagnose: async () => (await import('../doctor/diagnose.ts')).diagnose(),
  suite: async ({ libcPath, only }) =>
    (await import('../../suites/syscalls/run/suite.ts')).runSyscallSuite({
      ...(libcPath === null ? {} : { libcPath }),
      ...(only === null ? {} : { only }),
    }),
  planSuite: async ({ system, only }) => {
    const { planSuite, systemNamed } = await import('../../suites/syscalls/run/plan.ts');
    const named = systemNamed(system);
    return named === null ? null : planSuite(named, only);
  },
  recordSuite: async (report, reports) =>
    (await import('../../suites/syscalls/run/reference.ts')).writeSuiteReport(report, reports),
  version: packageVersion,
});

function here(): Io {
  try {
    return processIo();
  } catch {
    try {
      writeSync(2, 'daemon-conformance: the working directory is gone: go to one that is there\n');
    } catch {
      // Then the status has to tell it alone.
    }
    process.exit(usageErrorStatus);
  }
}

/** @param forked a launcher that there is already */
export async function start(argv: readonly string[], forked: LauncherProcess | null): Promise<void> {
  process.on('uncaughtException', giveUp);
  await run(argv, forked).catch(giveUp);
}

async function run(argv: readonly string[], forked: LauncherProcess | null): Promise<void> {
  const io = here();
  const invocation = parseArguments(argv, io.env[ownVariable]);
  // It takes as long to start as all of this process to load: nothing goes before it.
  let launcher: Launcher | null = null;
  let whyNot: unknown = new Error('this verb launches nothing');
  if (invocation.kind !== 'usage-error' && launches(invocation.value)) {
    const { startLauncher } = await import('../launch/launcher-client.ts');
    try {
      // Elsewhere nothing is adopted, and the C library may be out of reach.
      const adopting =
        process.platform === 'linux' ? (await import('../launch/adopting.ts')).adopting : undefined;
      launcher = startLauncher(forked, adopting);
    } catch (error) {
      // Told by the verb that needs it, as everything is that went wrong.
      whyNot = error;
    }
  }
  const services = servicesWith(() => {
    if (launcher === null) throw whyNot;
    return launcher;
  });
  const { main } = await import('./main.ts');
  const status = await main(argv, io, services);
  for (const { path, because } of (await launcher?.close()) ?? []) {
    await complain(io, `${path} could not be removed (${because})`);
  }
  // Everything was written when main answers; whatever a reader that went away left open must not keep us.
  if (forked !== null && !writesAtItsEnd()) {
    const { _exit } = await import('../libc/unistd.ts');
    _exit(status);
  }
  process.exit(status);
}

/** Node's own end takes a millisecond, to free what the kernel frees anyway. It is needed by whoever measures this process, or was loaded before it. */
function writesAtItsEnd(): boolean {
  const { NODE_OPTIONS = '', NODE_V8_COVERAGE } = process.env;
  const options = [...process.execArgv, NODE_OPTIONS];
  const isMeasured =
    NODE_V8_COVERAGE !== undefined || options.some((option) => /prof|inspect|trace/.test(option));
  return isMeasured || process.listenerCount('exit') > 0;
}

/** What nobody foresaw has failed in here, and no program is to be blamed for it. */
function giveUp(error: unknown): never {
  const because = error instanceof Error ? error.message : String(error);
  try {
    writeSync(2, `daemon-conformance: ${escapeTerminal(because)}\n`);
  } catch {
    // Then the status has to tell it alone.
  }
  // The launcher sees that it is alone, and ends what was launched.
  process.exit(harnessFailedStatus);
}
