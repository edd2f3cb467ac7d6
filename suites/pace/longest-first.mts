/** The order of test files: those that take longest begin first, so that none of them is waited for alone at the end. */

import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** More than ten seconds each, the longest first. What vitest knows of former runs a fresh clone does not have. */
const longest = [
  'suites/ecosystems/ecosystems.test.ts',
  'suites/repairs/interpreted.test.ts',
  'suites/programs/probed.test.ts',
  'harness/cli/interrupted.test.ts',
  'suites/repairs/compiled.test.ts',
  'harness/report/html/in-browser.test.ts',
  'suites/programs/held-by-tracer.test.ts',
  'suites/repairs/scripts.test.ts',
  'suites/programs/programs.test.ts',
  'suites/package/package.test.ts',
  'suites/programs/isolated-programs.test.ts',
  'suites/programs/odd-places.test.ts',
  'suites/programs/parent-taken-for-init.test.ts',
  'suites/syscalls/run/suite.test.ts',
];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = longest.findIndex((path) => moduleId.endsWith(`/${path}`));
  return place < 0 ? longest.length : place;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return [...(await super.sort(files))].sort((one, other) => placeOf(one) - placeOf(other));
  }
}
