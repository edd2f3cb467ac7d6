/** The declared pidfile as probes come upon it: not declared, in use by somebody else, or free. */

import { type NotRun, notRun, type Unavailable, unavailable } from '../facts/finding.ts';
import { identityAt } from '../launch/guarded-names.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { removeName } from '../launch/remove-name.ts';
import type { ProbeContext } from './probe-context.ts';

/** Runs `body` in its turn with the path of the pidfile, if one is declared and nothing stands under that name. */
export function withPidfile<T>(
  context: ProbeContext,
  body: (path: string) => Promise<T>,
): Promise<T | Unavailable | NotRun> {
  const { pidfile } = context.declared;
  if (pidfile === null) return Promise.resolve(notRun('no pidfile is declared: --pidfile FILE'));
  return context.inTurn(async () =>
    context.emptyWorld !== null || identityAt(pidfile) === null
      ? body(pidfile)
      : unavailable(
          `there is a ${pidfile} that is none of ours`,
          'end the daemon it belongs to and remove it, or have the program write another',
        ),
  );
}

/** Puts something under a name, there where programs of the launch find it, and takes it away again if it is still that. */
export async function planted<T>(
  context: ProbeContext,
  within: Launch | null,
  path: string,
  plant: () => void,
  body: () => Promise<T>,
): Promise<T> {
  // What is put into a world is gone with it.
  if (within !== null) {
    plant();
    return body();
  }
  const guarded = context.guard(path);
  plant();
  const identity = identityAt(path);
  try {
    return await body();
  } finally {
    if (identity !== null) removeName(path, (at) => identityAt(at) === identity);
    guarded.release();
  }
}
