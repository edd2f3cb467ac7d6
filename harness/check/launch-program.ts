/** The program of a request, launched from one start; or another program in its place, or a canary before it. */

import type { StartState } from '../facts/start-state.ts';
import type { Canaries, CanaryReading } from '../launch/canary.ts';
import { environmentFor, needsDirectory } from '../launch/environment.ts';
import type { Launch, Launcher } from '../launch/launcher-client.ts';
import type { LaunchRequest } from '../launch/protocol.ts';
import { withPidfileCleanup } from '../launch/with-pidfile-cleanup.ts';
import { withoutLeftOver } from '../launch/without-left-over.ts';
import type { ResolvedRequest } from './request.ts';

/** The launcher of a check, with the canaries it has already read. */
export interface Launching {
  readonly launcher: Launcher;
  readonly canaries: Canaries;
}

export type LaunchSpec = Omit<LaunchRequest, 'type' | 'launch'>;
type ProgramRequest = Pick<
  ResolvedRequest,
  'argv' | 'image' | 'cwd' | 'env' | 'isolation' | 'stopTimeoutMs' | 'policy'
>;

/**
 * The start without a fresh directory where the program could not be given one: it names files relative to the user's.
 * @param pidfile a declared pidfile that is looked at afterwards, which may be relative too; null for none
 */
export function startIn(
  start: StartState,
  { argv, cwd }: Pick<ResolvedRequest, 'argv' | 'cwd'>,
  pidfile: string | null = null,
): StartState {
  const stays = pidfile !== null || needsDirectory(argv, cwd);
  return start.freshDirectory && stays ? { ...start, freshDirectory: false } : start;
}

/** The program as it was given, from one start. */
export function launchSpecOf(
  { argv, image, cwd, env, isolation, stopTimeoutMs, policy: { pidfile } }: ProgramRequest,
  start: StartState,
): LaunchSpec {
  const environment = environmentFor(start, env);
  const spec = { image, argv, environment, directory: cwd, start, isolation, stopTimeoutMs };
  // What a service that runs here has written is in nobody's way in a world of its own.
  return pidfile === null ? spec : { ...spec, absent: [pidfile] };
}

/** Another program in its place. */
export function insteadOf(spec: LaunchSpec, argv: readonly [string, ...string[]]): LaunchSpec {
  return { ...spec, image: { kind: 'execute', path: argv[0] }, argv };
}

/** A launch after which the names it took are free, as everything is that was made in a world of its own. */
export function launchWithCleanup(
  { launcher }: Launching,
  spec: LaunchSpec,
  {
    policy,
    signal,
    stopTimeoutMs,
    leftOvers,
  }: Pick<ResolvedRequest, 'policy' | 'signal' | 'stopTimeoutMs' | 'leftOvers'>,
): Launch {
  if (spec.isolation !== 'none') return launcher.launch(spec, signal);
  const cleared = () =>
    withPidfileCleanup(policy.pidfile, () => launcher.launch(spec, signal), launcher.guard);
  return withoutLeftOver({ ...spec, stopTimeoutMs }, cleared, leftOvers);
}

/** What a launch from the start really finds. Never rejects. */
export function readCanary(
  { canaries }: Launching,
  start: StartState,
  { cwd, env, isolation, signal }: Pick<ResolvedRequest, 'cwd' | 'env' | 'isolation' | 'signal'>,
): Promise<CanaryReading> {
  return canaries.read(start, { directory: cwd, environment: env, isolation, signal });
}
