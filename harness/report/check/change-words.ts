/** The fix list in words: what every format says of it alike. */

import type { Result } from '../../facts/result.ts';
import type { Change } from '../../judge/repair.ts';
import type { Report } from '../report.ts';

export interface NumberedChange extends Change {
  readonly number: number;
}

/** From one on, as every format numbers them. */
export function changesOf({ changes }: Report): readonly NumberedChange[] {
  return changes.map((change, index) => ({ ...change, number: index + 1 }));
}

/** `6 changes repair 13 failures` */
export function changesHeading(changes: readonly Change[]): string {
  const failures = new Set(changes.flatMap(({ repairs }) => repairs)).size;
  const subject = changes.length === 1 ? '1 change repairs' : `${changes.length} changes repair`;
  return `${subject} ${failures === 1 ? '1 failure' : `${failures} failures`}`;
}

/** `Or declare what it does now, if it is meant: --umask 027` */
export function declareWords({ declare }: Change): string | null {
  return declare.length === 0 ? null : `or, if it is meant, declare it: ${declare.join(' ')}`;
}

/** The phrases that say what it is for, each with the ids it is about: `repairs session`, `keeps session-leader`. */
export function purposes({
  repairs,
  keeps = [],
}: Change): readonly { readonly verb: string; readonly ids: readonly string[] }[] {
  return [
    { verb: 'repairs', ids: repairs },
    { verb: 'keeps', ids: keeps },
  ].filter(({ ids }) => ids.length > 0);
}

/** Where the remedy of a failure stands; the remedy itself where no list has it. */
export function remedyWords({ id, remedy }: Pick<Result, 'id' | 'remedy'>, report: Report): string {
  const change = changesOf(report).find(({ repairs }) => repairs.includes(id));
  return change === undefined ? remedy : `change ${change.number} of the list`;
}
