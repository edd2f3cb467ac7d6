/** Probes that ask in the same turn of the event loop, and are served together. */

import type { ProbeContext } from './probe-context.ts';

/** M: what each of them brings; T: what comes of serving them. */
export class Gathering<M, T> {
  readonly #gathered = new WeakMap<ProbeContext, Map<string, M[]>>();

  /**
   * Joins those who ask under the same key. They are served in a turn that the first of them has asked for: to that one
   * it is told what came of it and for whom, to the others null, at once. Never within a turn.
   */
  async join(
    context: ProbeContext,
    key: string,
    member: M,
    serve: (members: M[]) => Promise<T>,
  ): Promise<{ readonly members: readonly M[]; readonly served: T } | null> {
    const gathered = this.#gathered.get(context) ?? new Map<string, M[]>();
    this.#gathered.set(context, gathered);
    const others = gathered.get(key);
    if (others !== undefined) {
      others.push(member);
      return null;
    }
    const members = [member];
    gathered.set(key, members);
    const served = await context.inTurn(() => {
      gathered.delete(key);
      return serve(members);
    });
    return { members, served };
  }
}
