/**
 * What a library author's own tests use: `expect.extend(matchers)`, and `test.extend(fixtures)`. An ES module, as vitest
 * is one: declarations added to it from another kind of module would be lost.
 */

export { type CheckOptions, type Command, checkProgram, NoSuchProgram } from '../index.ts';
export type { CheckProgram, ConformanceFixtures } from './fixtures.ts';
export type { MatcherResult } from './matchers.ts';

import { vi } from 'vitest';
import type { CheckOptions } from '../check/check-program.ts';
import type { ProfileName } from '../judge/profile.ts';
import { forVitest } from './for-vitest.ts';

export const { fixtures, matchers } = forVitest(vi);

declare module 'vitest' {
  interface Matchers<T> {
    /** The program, or the report on it, conforms to the profile; to `sysv` if none is named. */
    toConformTo(profile?: ProfileName, options?: Omit<CheckOptions, 'profile'>): Promise<void>;
  }
}
