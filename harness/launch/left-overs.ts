/** What former launches of a check have left in names, and whether a next one may begin. */

import type { LeftOver } from '../facts/left-over.ts';
import { mountLines } from '../isolation/mount-table.ts';
import { mountinfoHere } from '../observe/linux/held-names.ts';
import { lookUntil } from '../observe/look-until.ts';
import { LauncherGone, nowMs } from './launcher-client.ts';
import type { Before } from './left-over.ts';

/** What the launches of a check have left over, each name once, and what of it is in the way of others. */
export class LeftOvers {
  /** What was mounted before the first launch: whoever is mounted upon by another is seen when that one is gone. */
  readonly mountedBefore: ReadonlySet<string> = new Set(mountLines(mountinfoHere()).map(({ id }) => id));
  readonly #told = new Map<string, LeftOver>();
  readonly #inTheWay = new Set<Before>();
  #namesOne = false;

  get told(): readonly LeftOver[] {
    return [...this.#told.values()];
  }

  /**
   * A launch wrote a pidfile, that can name one instance alone: another beside it is refused, some only after a while.
   */
  get namesOne(): boolean {
    return this.#namesOne;
  }

  /** @throws LauncherGone as long as something is there of a former launch that nobody could take away */
  requireNothing(): void {
    for (const before of this.#inTheWay) {
      const [first] = before.left().filter(isInTheWay);
      if (first === undefined) this.#inTheWay.delete(before);
      else
        throw new LauncherGone(`${first.kind} ${first.name} is still there`, 'a former launch is in the way');
    }
  }

  /** Waits until nothing is there, at most so long, milliseconds. */
  async note(before: Before, withinMs: number): Promise<void> {
    this.#namesOne ||= before.hadPidfile;
    const seen = new Map<string, LeftOver>();
    const gone = await lookUntil(
      () => {
        const left = before.left();
        for (const each of left) seen.set(`${each.kind} ${each.name}`, each);
        return left.some(isInTheWay) ? null : true;
      },
      { deadlineMs: nowMs() + withinMs, signal: undefined },
    );
    // What went by itself was not left.
    for (const [key, each] of seen) if (each.removed || gone === null) this.#told.set(key, each);
    if (gone === null) this.#inTheWay.add(before);
  }
}

/** A pidfile that stays is a stale one, which is the program's own to replace. */
function isInTheWay({ kind, removed }: LeftOver): boolean {
  return !removed && kind !== 'pidfile' && kind !== 'shared-memory';
}
