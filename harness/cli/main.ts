/** Arguments in, exit status out. */

import { type Invocation, ownVariable, parseArguments } from '../options/arguments.ts';
import type { Verb } from '../options/option.ts';
import { complain, tell } from './complaint.ts';
import { harnessFailedStatus, usageErrorStatus } from './exit-status.ts';
import type { Io } from './io.ts';
import type { Services } from './services.ts';

export async function main(argv: readonly string[], io: Io, services: Services): Promise<number> {
  const invocation = parseArguments(argv, io.env[ownVariable]);
  if (invocation.kind === 'usage-error') {
    await complain(io, invocation.line);
    return usageErrorStatus;
  }
  const { given, verb } = invocation.value;
  try {
    if (given.help !== undefined) {
      const { help } = await import('../options/help.ts');
      await io.stdout.write(help);
      return 0;
    }
    if (given.version !== undefined) {
      await io.stdout.write(`daemon-conformance ${services.version()}\n`);
      return 0;
    }
    return await verbOf[verb](invocation.value, io, services);
  } catch (error) {
    await complain(io, error instanceof Error ? error.message : String(error));
    if (given.verbose !== undefined && error instanceof Error) await tell(io, `${stackOf(error)}\n`);
    return harnessFailedStatus;
  }
}

type RunVerb = (invocation: Invocation, io: Io, services: Services) => Promise<number>;

/** Only `check` is loaded unasked: the time it takes to start is its user's. */
const verbOf: Readonly<Record<Verb, RunVerb>> = {
  check: async (...all) => (await import('./check.ts')).check(...all),
  inspect: async (...all) => (await import('./inspect.ts')).inspect(...all),
  list: async (...all) => (await import('./list.ts')).list(...all),
  explain: async (...all) => (await import('./explain.ts')).explain(...all),
  compare: async (...all) => (await import('./compare.ts')).compareReports(...all),
  doctor: async (...all) => (await import('./doctor.ts')).doctor(...all),
  suite: async (...all) => (await import('./suite.ts')).suite(...all),
  batch: async (...all) => (await import('./batch.ts')).batch(...all),
};

function stackOf(error: Error): string {
  const stack = error.stack ?? error.message;
  return error.cause instanceof Error ? `${stack}\ncaused by ${stackOf(error.cause)}` : stack;
}
