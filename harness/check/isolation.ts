/** Whether the launches of a check have worlds of their own: found out before the first of them. */

import { startStates } from '../launch/start-states.ts';
import { type Launching, readCanary, startIn } from './launch-program.ts';
import type { ResolvedRequest } from './request.ts';

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
  const reading = await readCanary(launching, startIn(startStates[name], request), request);
  return reading.isIsolated ? request : { ...request, isolation: 'none' };
}
