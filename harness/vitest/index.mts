/**
 * What a library author's own tests use: `expect.extend(matchers)`, and `test.extend(fixtures)`. An ES module, as vitest
 * is one: declarations added to it from another kind of module would be lost.
 */

export { type CheckOptions, type Command, checkProgram, NoSuchProgram } from '../index.ts';
export { type CheckProgram, type ConformanceFixtures, fixtures } from './fixtures.ts';
export { type MatcherResult, matchers } from './matchers.ts';

// Brings vitest's own declaration in, to be added to.
import type {} from 'vitest';
import type { CheckOptions } from '../check/check-program.ts';
import type { ProfileName } from '../judge/profile.ts';

declare module 'vitest' {
  interface Matchers<T> {
    /** The program, or the report on it, conforms to the profile; to `sysv` if none is named. */
    toConformTo(profile?: ProfileName, options?: Omit<CheckOptions, 'profile'>): Promise<void>;
  }
}
