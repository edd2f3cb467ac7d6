/** A dimension of the start: how it is brought about, and how a canary that was launched the same way shows it. */

import { isUnreadable, type ProcessFacts } from '../../facts/process.ts';
import type { StartState } from '../../facts/start-state.ts';
import type { Event } from '../events.ts';
import type { Launch } from '../launcher-client.ts';
import type { Placement } from '../place-descriptors.ts';

/** What the program's own process is put into. */
export interface Setting {
  readonly start: StartState;
  readonly directory: string;
  readonly placement: Placement;
}

/** A canary that sleeps. */
export interface Look {
  readonly facts: ProcessFacts;
  readonly start: StartState;
  readonly started: Event<'started'>;
  readonly act: Launch['act'];
}

/** Asked for and shown, asked for and not shown (why), or not part of this start state. */
export type CanarySighting = { readonly seen: string } | { readonly because: string } | null;

export interface Dimension {
  /**
   * What the program's own process does between fork(2) and execve(2). A step that fails stops nothing: the canary
   * shows it. There is none where the step of another dimension, or what the stage has opened, brings it about.
   */
  readonly apply?: (setting: Setting) => void;
  /** Whether this start state needs that step: posix_spawn(2), and what a stage lends for a moment, cannot do it. */
  readonly needsFork?: (start: StartState) => boolean;
  readonly show: (look: Look) => CanarySighting | Promise<CanarySighting>;
}

export function compare(seen: unknown, wanted: unknown): CanarySighting {
  if (isUnreadable(seen)) return { because: seen.unreadable };
  const text = typeof seen === 'string' ? seen : JSON.stringify(seen);
  const wantedText = typeof wanted === 'string' ? wanted : JSON.stringify(wanted);
  return text === wantedText
    ? { seen: text }
    : { because: `asked for ${wantedText}, the canary shows ${text}` };
}

/** Names of signals in an order that does not depend on who tells them. */
export const sorted = (names: readonly string[]): string => [...names].sort().join(' ') || 'none';
