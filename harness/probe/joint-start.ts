/**
 * Probes that each change something else about the plain start, and ask whether the program becomes then what it always
 * becomes: one launch with all of the changes shows it for all of them. Where it does not, each has launches of its own.
 */

import type { Unavailable } from '../facts/finding.ts';
import type { StartState } from '../facts/start-state.ts';
import type { Launch } from '../launch/launcher-client.ts';
import { Gathering } from './gathering.ts';
import type { LaunchOptions, ProbeContext } from './probe-context.ts';

export interface Change<T> {
  readonly start?: Partial<StartState>;
  readonly environment?: LaunchOptions['environment'];
  /** What is found in a launch with that change, and whether nothing is amiss. */
  readonly body: (launch: Launch) => Promise<{ readonly found: T; readonly isWell: boolean }>;
  /** Never within a turn. */
  readonly alone: () => Promise<T | Unavailable>;
}

interface Member extends Change<unknown> {
  readonly resolve: (found: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** What is found for each of them; null where something is amiss for one of them at least. */
async function findTogether(
  context: ProbeContext,
  members: readonly Member[],
): Promise<readonly unknown[] | null> {
  // One that stays never says that it has started, and what runs outside of worlds may be in the way of another.
  if (members.length < 2 || context.declared.foreground || context.emptyWorld === null) return null;
  const start: StartState = Object.assign({}, context.plainStart, ...members.map((change) => change.start));
  const environment = members.find((change) => change.environment !== undefined)?.environment;
  const options = { start, restsOn: [], ...(environment === undefined ? {} : { environment }) };
  const all = await context.launched(options, async (launch) => {
    const found: unknown[] = [];
    for (const { body } of members) {
      const one = await body(launch);
      if (!one.isWell) return null;
      found.push(one.found);
    }
    return found;
  });
  return all === null || 'kind' in all ? null : all;
}

const gathering = new Gathering<Member, readonly unknown[] | null>();

async function gather(context: ProbeContext, member: Member): Promise<void> {
  const gone = await gathering.join(context, '', member, (members) =>
    findTogether(context, members).catch((error) => {
      for (const { reject } of members) reject(error);
      throw error;
    }),
  );
  if (gone === null) return;
  const { members, served } = gone;
  await Promise.all(
    members.map(({ alone, resolve, reject }, i) =>
      served === null ? alone().then(resolve, reject) : resolve(served[i]),
    ),
  );
}

/** Together with all others who ask in the same turn of the event loop. Never within a turn. */
export function inJointStart<T>(context: ProbeContext, change: Change<T>): Promise<T | Unavailable> {
  return new Promise((resolve, reject) => {
    const member: Member = { ...change, resolve: resolve as Member['resolve'], reject };
    gather(context, member).catch(reject);
  });
}
