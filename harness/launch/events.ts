/** Events of a launch by their type, for whoever finds them among others or waits for one. */

import type { StageEvent } from './protocol.ts';

export type Event<T extends StageEvent['type']> = Extract<StageEvent, { type: T }>;

/** A guard for events of one of these types. */
export const is =
  <T extends StageEvent['type']>(...types: readonly T[]) =>
  (event: StageEvent): event is Event<T> =>
    (types as readonly string[]).includes(event.type);
