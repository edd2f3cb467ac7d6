import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readReports } from '../../harness/cli/compare-files.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { compare } from '../../harness/report/compare/compare.ts';
import { renderComparisonMarkdown } from '../../harness/report/compare/markdown.ts';

/** `daemon-conformance compare -f markdown=reports/linux-freebsd.md` of these two. */
const both = ['linux-6.18-x64-glibc-2.36', 'freebsd-13.2-x64-libc'].map(
  (folder) => `reports/${folder}/syscalls.json`,
);

test('the page that compares Linux with FreeBSD is what compare says of their reports', () => {
  const reports = readReports(both, packageRoot);
  if (reports.kind === 'usage-error') throw new Error(reports.line);
  const compared = compare(reports.value);
  if (compared.kind === 'refused') throw new Error(compared.because);
  const page = readFileSync(join(packageRoot, 'reports/linux-freebsd.md'), 'utf8');
  expect(renderComparisonMarkdown(compared.comparison)).toBe(page);
});
