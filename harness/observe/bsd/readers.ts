/** One function per fact. A system that lacks one does not compile: what it does not reveal it has to say. */

import { type ProcessFacts, type Unreadable, unreadable } from '../../facts/process.ts';

export type Readers<Source> = {
  readonly [Name in keyof ProcessFacts]: (source: Source) => ProcessFacts[Name];
};

export function factsFrom<Source>(readers: Readers<Source>, source: Source): ProcessFacts {
  const facts = Object.entries(readers).map(([name, read]) => [name, read(source)]);
  return Object.fromEntries(facts) as ProcessFacts;
}

/** All facts of a process of which nothing could be read. */
export function factsUnreadable<Source>(
  readers: Readers<Source>,
  pid: number,
  because: string,
): ProcessFacts {
  const none: Unreadable = unreadable(because);
  const facts = Object.keys(readers).map((name) => [name, name === 'pid' ? pid : none]);
  return Object.fromEntries(facts) as ProcessFacts;
}
