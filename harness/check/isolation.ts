/** Whether the launches of a check have worlds of their own: found out before the first of them. */

import { statSync } from 'node:fs';
import type { Run } from '../facts/run.ts';
import type { StartName } from '../facts/start-state.ts';
import { startStates } from '../launch/start-states.ts';
import { type Launching, readCanary, startIn } from './launch-program.ts';
import type { ResolvedRequest } from './request.ts';
import { cameThrough } from './side-by-side.ts';

/** user_namespaces(7): the bits of a file that name an ID of nobody in the namespace are ignored. */
function losesPrivileges({ path }: ResolvedRequest): boolean {
  if (process.geteuid?.() === 0) return false;
  const { mode = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return (mode & 0o6000) !== 0;
}

/**
 * The request with `none` in place of `auto` where not everything can be had. A part would do harm: with its own
 * process IDs and the files of everybody a program writes an ID into a pidfile that means somebody else outside.
 */
export async function withIsolation(
  launching: Launching,
  request: ResolvedRequest,
): Promise<ResolvedRequest> {
  const [name] = request.starts;
  if (request.isolation !== 'auto' || name === undefined) return request;
  if (losesPrivileges(request)) {
    request.onFallback(
      `${request.path} changes its user or group, which no world of an ordinary user has: it is launched outside`,
    );
    return { ...request, isolation: 'none' };
  }
  const reading = await readCanary(launching, startIn(startStates[name], request), request);
  if (reading.isIsolated) return request;
  // Where there are no namespaces at all nothing is amiss.
  if (reading.notIsolated !== null && process.platform === 'linux') {
    request.onFallback(
      `no launch can have a world of its own: ${reading.notIsolated}: the program is launched outside (doctor says what would help, --isolation none that it is meant)`,
    );
  }
  return { ...request, isolation: 'none' };
}

/**
 * The start from which the program gave up, as one does that lacks the real network, a bus or a mount, or stayed in the
 * foreground: whoever launches it is process 1 there, and a program that takes that for init does not detach
 * (libslack's daemon(1) and python-daemon do not). To have another process for that in every world is a further fork, a
 * fifth more of processor time for each launch, measured. One that a signal ended, or whose launch was lost, lacks nothing of
 * that kind, and is not let loose on what is outside; null without one.
 */
export function startThatNeedsMore(
  { isolation, profile }: Pick<ResolvedRequest, 'isolation' | 'profile'>,
  runs: readonly Run[],
): StartName | null {
  if (isolation !== 'auto') return null;
  const gaveUp = runs.find(
    (run) => run.lost === undefined && !cameThrough(run, profile.foreground) && run.starter.signal === null,
  );
  return gaveUp?.start ?? null;
}
