/** What a program has told its service manager, sd_notify(3). */

import { type Event, is } from '../launch/events.ts';

export interface Notification {
  /** When the stage heard it, CLOCK_MONOTONIC in milliseconds. */
  readonly atMs: number;
  /** Process that sent it; null if the kernel did not tell. */
  readonly from: number | null;
  /** NAME=value, one a line of the datagram. */
  readonly state: readonly string[];
}

export const isNotified = is('notified');

export function notificationIn({ atMs, from, base64 }: Event<'notified'>): Notification {
  const lines = Buffer.from(base64, 'base64').toString('utf8').split('\n');
  return { atMs, from, state: lines.filter((line) => line !== '') };
}
