import { expect, test } from 'vitest';
import { renderSuiteJson } from './json.ts';
import { renderSuiteMarkdown } from './markdown.ts';
import { renderSuitePretty } from './pretty.ts';
import type { PromiseResult, SuiteReport } from './report.ts';

const holds: PromiseResult = {
  id: 'setsid/group-leader',
  call: 'setsid',
  title: 'setsid() fails with EPERM for a process group leader',
  clause: 'POSIX.1-2024 XSH setsid(), ERRORS [EPERM]',
  rows: ['K-SID-1'],
  supports: ['session'],
  needs: null,
  verdict: 'holds',
  kind: 'EPERM',
  seen: 'setsid(): EPERM',
  expected: 'EPERM',
  expectedBy: null,
  standard: null,
};
const departs: PromiseResult = {
  ...holds,
  id: 'tcsetpgrp/orphaned',
  call: 'tcsetpgrp',
  title: 'tcsetpgrp() from an orphaned background group fails',
  clause: 'POSIX.1-2024 XSH tcsetpgrp(), ERRORS [EIO]',
  kind: 'ENOTTY',
  expected: 'ENOTTY',
  standard: 'EIO',
};
const broken: PromiseResult = {
  ...holds,
  id: 'setsid/ids',
  verdict: 'broken',
  kind: '|<b>\u001b[31m',
  seen: '\u0007`x`',
};

const report: SuiteReport = {
  schemaVersion: 1,
  kind: 'suite',
  suite: 'syscalls',
  platform: {
    id: 'linux-6.18-x64-glibc-2.36',
    os: 'linux',
    release: '6.18.0',
    arch: 'x64',
    libc: 'glibc-2.36',
    examinedLibc: 'musl-1.2.3',
    node: 'v20.20.2',
  },
  promises: [holds, departs, broken],
  summary: { holds: 2, broken: 1, 'implementation-defined': 0, unsupported: 0, unresolved: 0 },
};

test('JSON holds the report as it is', () => {
  expect(JSON.parse(renderSuiteJson(report))).toEqual(report);
});

test('for a terminal only what needs a word is told, control characters escaped', () => {
  expect(renderSuitePretty(report, { color: false, width: 60, verbose: false })).toBe(`\
syscalls: 3 promises on linux-6.18-x64-glibc-2.36
C library examined: musl-1.2.3
  ✗ setsid/ids  |<b>\\x1b[31m
      setsid() fails with EPERM for a process group leader
      expected EPERM
      seen \\x07\`x\`
      POSIX.1-2024 XSH setsid(), ERRORS [EPERM]
2 hold, 1 broken, 0 unresolved, 0 implementation-defined, 0 unsupported
`);
});

test('for a terminal every promise is told when asked for', () => {
  expect(renderSuitePretty(report, { color: false, width: 60, verbose: true })).toContain(
    '  ✓ setsid/group-leader  EPERM\n  ✓ tcsetpgrp/orphaned  ENOTTY\n',
  );
});

test('Markdown has what is broken and what departs from the standard first, and escapes text from outside', () => {
  expect(renderSuiteMarkdown(report)).toBe(`\
# syscalls on linux-6.18-x64-glibc-2.36

linux 6.18.0, x64, glibc-2.36; C library examined: musl-1.2.3

| holds | broken | implementation-defined | unsupported | unresolved | promises |
| --- | --- | --- | --- | --- | --- |
| 2 | 1 | 0 | 0 | 0 | 3 |

## Broken or unresolved

| promise | expected | kind | seen |
| --- | --- | --- | --- |
| setsid/ids | EPERM | \\|&lt;b&gt;\\\\x1b\\[31m | \\\\x07\\\`x\\\` |

## Departures from the standard

| promise | clause | asked for | kind |
| --- | --- | --- | --- |
| tcsetpgrp/orphaned | POSIX.1-2024 XSH tcsetpgrp(), ERRORS \\[EIO\\] | EIO | ENOTTY |

## setsid

| promise | clause | verdict | kind |
| --- | --- | --- | --- |
| setsid() fails with EPERM for a process group leader | POSIX.1-2024 XSH setsid(), ERRORS \\[EPERM\\] | holds | EPERM |
| setsid() fails with EPERM for a process group leader | POSIX.1-2024 XSH setsid(), ERRORS \\[EPERM\\] | broken | \\|&lt;b&gt;\\\\x1b\\[31m |

## tcsetpgrp

| promise | clause | verdict | kind |
| --- | --- | --- | --- |
| tcsetpgrp() from an orphaned background group fails | POSIX.1-2024 XSH tcsetpgrp(), ERRORS \\[EIO\\] | holds | ENOTTY |
`);
});
