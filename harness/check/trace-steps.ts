/** The stage that traces the daemon steps, in launches that are not judged. */

import type { Run } from '../facts/run.ts';
import { insteadOf, type Launching, launchSpecOf, launchWithCleanup, startIn } from './launch-program.ts';
import { type ResolvedRequest, timeToSettle } from './request.ts';
import type { LaunchSeries } from './side-by-side.ts';

/** The runs with their traces, or as they are where none was asked for. */
export async function traceSteps(
  launching: Launching,
  request: ResolvedRequest,
  { runs, exclusive }: LaunchSeries,
): Promise<readonly Run[]> {
  if (!request.trace || timeToSettle(request) === 0) return runs;
  const { profile, policy, image, signal } = request;
  const { traceRuns } = await import('../trace/trace-runs.ts');
  return traceRuns(runs, {
    scratchDirectory: () => launching.launcher.scratchDirectory(signal),
    launch: (start, argv) =>
      launchWithCleanup(launching, insteadOf(launchSpecOf(request, startIn(start, request)), argv), request),
    program: image.kind === 'execute' ? image.path : null,
    arguments: request.argv.slice(1),
    searchPath: request.env.PATH,
    timeoutMs: timeToSettle(request),
    foreground: profile.foreground,
    pidfile: policy.pidfile,
    exclusive,
    ...(signal === undefined ? {} : { signal }),
  });
}
