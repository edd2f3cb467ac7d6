import type { Launch } from './launcher-client.ts';

/** The same launch with another end. Its members are those of a class, which spreading would leave out. */
export function withEnd(launch: Launch, end: Launch['end']): Launch {
  return {
    id: launch.id,
    events: launch.events,
    onEvent: (listener) => launch.onEvent(listener),
    until: (fits, deadlineMs) => launch.until(fits, deadlineMs),
    act: (action) => launch.act(action),
    end,
  };
}
