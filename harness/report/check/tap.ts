/** The report as TAP, each area a subtest. Version 13 unless asked: readers of 13 refuse a file that says 14. */

import { escapeTap, quoteYaml } from '../escape/tap.ts';
import type { Report } from '../report.ts';
import { commandOf, type Detail } from './result-details.ts';
import { type CaseOutcome, type TestCase, type TestGroup, testGroups } from './test-cases.ts';
import { dateWords, durationWords } from './verdict-lines.ts';

export function renderTap(report: Report): string {
  return render(report, 13);
}

export function renderTap14(report: Report): string {
  return render(report, 14);
}

function render(report: Report, version: 13 | 14): string {
  const groups = testGroups(report);
  const lines = [
    `TAP version ${version}`,
    `# ${escapeTap(commandOf(report))}, judged by ${report.profile} on ${escapeTap(report.platform.id)}`,
    `# ${dateWords(report)}, ${durationWords(report)}`,
    `1..${groups.length}`,
    ...groups.flatMap(subtest),
  ];
  return `${lines.join('\n')}\n`;
}

function subtest({ name, cases }: TestGroup, index: number): string[] {
  const inner = [`1..${cases.length}`, ...cases.flatMap(testPoint)];
  const holds = cases.every(({ told }) => told.kind !== 'failed' && told.kind !== 'errored');
  return [
    `# Subtest: ${escapeTap(name)}`,
    ...inner.map((line) => `    ${line}`),
    `${holds ? 'ok' : 'not ok'} ${index + 1} - ${escapeTap(name)}`,
  ];
}

function testPoint({ id, title, level, told, details }: TestCase, index: number): string[] {
  const ok = told.kind === 'passed' || told.kind === 'skipped' ? 'ok' : 'not ok';
  const description = escapeTap(`${id}: ${title}`);
  return [
    `${ok} ${index + 1} - ${description}${directive(told)}`,
    ...(told.kind === 'passed' ? [] : yaml(level, told.reason, details)),
  ];
}

function directive(told: CaseOutcome): string {
  switch (told.kind) {
    case 'skipped':
      return ` # SKIP ${escapeTap(told.reason)}`;
    case 'excused':
      return ` # TODO ${escapeTap(told.reason)}`;
    case 'passed':
    case 'failed':
    case 'errored':
      return '';
  }
}

function yaml(level: string, reason: string, details: readonly Detail[]): string[] {
  return [
    '  ---',
    ...(level === '' ? [] : [`  level: ${quoteYaml(level)}`]),
    `  message: ${quoteYaml(reason)}`,
    // A list on one line: the reader of prove takes `- "fd: 0-2"` for a mapping.
    ...details.map(({ name, lines: [first = '', ...rest] }) =>
      rest.length === 0
        ? `  ${name}: ${quoteYaml(first)}`
        : `  ${name}: [${[first, ...rest].map(quoteYaml).join(', ')}]`,
    ),
    '  ...',
  ];
}
