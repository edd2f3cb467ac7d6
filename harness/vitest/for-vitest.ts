/** Matchers and fixtures with the time they take: the moment at which a test file adds them is its last before tests. */

import { type CheckFixture, checkFixture } from './fixtures.ts';
import { type Matchers, toConformTo } from './matchers.ts';
import { allowChecks, type ConfiguresTests } from './time-limit.ts';

export { checkProgram, NoSuchProgram } from '../index.ts';

/** @param vi vitest's own, which is an ES module and is imported where one is */
export function forVitest(vi: ConfiguresTests): {
  /** `const test = base.extend<ConformanceFixtures>(fixtures)`, then `test('...', async ({ checkProgram }) => ...)`. */
  readonly fixtures: { readonly checkProgram: CheckFixture };
  /** `expect.extend(matchers)`. */
  readonly matchers: Matchers;
} {
  return {
    fixtures: {
      get checkProgram() {
        allowChecks(vi);
        return checkFixture;
      },
    },
    matchers: {
      get toConformTo() {
        allowChecks(vi);
        return toConformTo;
      },
    },
  };
}
