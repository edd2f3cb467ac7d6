/** The fixture for `test.extend()`. */

import { type CheckOptions, type Command, checkBy } from '../check/check-program.ts';
import { openChecker } from '../index.ts';
import type { Report } from '../report/report.ts';

/** Checks a program by a launcher that all tests of a file share. @throws NoSuchProgram */
export type CheckProgram = (command: Command, options?: CheckOptions) => Promise<Report>;

async function provideCheck(
  // vitest reads from the pattern which other fixtures it needs.
  // biome-ignore lint/correctness/noEmptyPattern: none
  {}: object,
  use: (check: CheckProgram) => Promise<void>,
): Promise<void> {
  const checker = openChecker();
  try {
    await use((command, options) => checkBy(checker.check, command, options));
  } finally {
    await checker.close();
  }
}

export interface ConformanceFixtures {
  checkProgram: CheckProgram;
}

/** All tests of a file share one launcher. */
export type CheckFixture = [typeof provideCheck, { scope: 'file' }];

export const checkFixture: CheckFixture = [provideCheck, { scope: 'file' }];
