/** As often as it takes to tell a rate. */

import type { Unavailable } from '../facts/finding.ts';
import { nowMs } from '../libc/time.ts';
import type { ProbeContext } from './probe-context.ts';

export interface RepetitionRule {
  readonly times: number;
  /**
   * Unless a number was asked for, none is begun after so many milliseconds: a program that takes seconds to start, or
   * to give up, as nginx does where its port is taken, would keep the user waiting for minutes.
   */
  readonly withinMs: number;
}

export type OneOrMore<T> = readonly [T, ...T[]];

/** One after the other, as often as the user asked for, else as usual; ends at the first that could not be done. */
export async function repeatedly<T>(
  { repeat }: Pick<ProbeContext, 'repeat'>,
  { times, withinMs }: RepetitionRule,
  body: () => Promise<T | Unavailable>,
): Promise<OneOrMore<T> | Unavailable> {
  const beganMs = nowMs();
  const first = await body();
  if (isUnavailable(first)) return first;
  const done: [T, ...T[]] = [first];
  while (done.length < (repeat ?? times)) {
    if (repeat === null && nowMs() - beganMs >= withinMs) break;
    const each = await body();
    if (isUnavailable(each)) return each;
    done.push(each);
  }
  return done;
}

/** How many of them went well, and the one to show: the first that did not, if any. */
export function tally<T>(
  all: OneOrMore<T>,
  wentWell: (one: T) => boolean,
): { readonly shown: T; readonly attempts: number; readonly well: number } {
  const others = all.filter((one) => !wentWell(one));
  return { shown: others[0] ?? all[0], attempts: all.length, well: all.length - others.length };
}

/** Each in its turn, as many at a time as the program bears; the first that could not be done where there is one. */
export async function sideBySide<T>(
  { inTurn }: Pick<ProbeContext, 'inTurn'>,
  times: number,
  body: (index: number) => Promise<T | Unavailable>,
): Promise<readonly T[] | Unavailable> {
  const tried = await Promise.all(Array.from({ length: times }, (_, i) => inTurn(() => body(i))));
  const done: T[] = [];
  for (const each of tried) {
    if (isUnavailable(each)) return each;
    done.push(each);
  }
  return done;
}

function isUnavailable<T>(each: T | Unavailable): each is Unavailable {
  return typeof each === 'object' && each !== null && 'kind' in each && each.kind === 'unavailable';
}
