/**
 * A signal that asks us to stop aborts the check, which ends everything it launched before it rejects. A second one
 * changes nothing: there is no way to make us leave something behind.
 */

import type { Io, StopSignal } from './io.ts';

export interface Interruption {
  readonly signal: AbortSignal;
  stoppedBy(): StopSignal | null;
  [Symbol.dispose](): void;
}

export function watchInterruption(io: Pick<Io, 'onStopSignal'>): Interruption {
  const controller = new AbortController();
  let stoppedBy: StopSignal | null = null;
  const stopListening = io.onStopSignal((signal) => {
    stoppedBy ??= signal;
    controller.abort();
  });
  return { signal: controller.signal, stoppedBy: () => stoppedBy, [Symbol.dispose]: stopListening };
}
