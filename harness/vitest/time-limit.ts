/** vitest gives a test 5 s, and fixes that as the test is defined: a check may take longer. */

/**
 * A full check of a real daemon takes 15 s on a slow machine. Load makes no twenty of them: what takes longer hangs.
 */
export const limitMs = 300_000;

/** What is asked of vitest's `vi`. */
export interface ConfiguresTests {
  setConfig(config: { testTimeout?: number; hookTimeout?: number }): void;
}

interface Limits {
  readonly testTimeout?: number;
  readonly hookTimeout?: number;
}

/** vitest tells nobody which limits are in force; where they cannot be read, none is known. */
function limitsInForce(): Limits {
  const { __vitest_worker__: worker } = globalThis as { __vitest_worker__?: { config?: Limits } };
  return worker?.config ?? {};
}

/** A limit that is longer stays, and so does none at all, which is 0. */
function raised(limit: number | undefined): number {
  return limit === 0 ? 0 : Math.max(limit ?? 0, limitMs);
}

/** From here to the end of the test file, tests and hooks have the time that a check takes. */
export function allowChecks(vi: ConfiguresTests): void {
  const { testTimeout, hookTimeout } = limitsInForce();
  vi.setConfig({ testTimeout: raised(testTimeout), hookTimeout: raised(hookTimeout) });
}
