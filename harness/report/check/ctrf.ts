/** The report in the Common Test Report Format, https://ctrf.io, version 0.0.0 of its specification. */

import { escapeTerminal } from '../escape/terminal.ts';
import type { Report } from '../report.ts';
import { commandOf } from './result-details.ts';
import { type CaseOutcome, type TestCase, testGroups } from './test-cases.ts';

type Status = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';

const statuses: Readonly<Record<CaseOutcome['kind'], Status>> = {
  passed: 'passed',
  failed: 'failed',
  errored: 'failed',
  excused: 'other',
  skipped: 'skipped',
};

export function renderCtrf(report: Report): string {
  const { tool, platform, profile, strict, verdict } = report;
  const tests = testGroups(report).flatMap(({ name, cases }) =>
    cases.map((each) => testOf(each, [profile, name])),
  );
  const count = (status: Status): number => tests.filter((each) => each.status === status).length;
  const document = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    generatedBy: `${tool.name} ${tool.version}`,
    results: {
      tool: { name: tool.name, version: tool.version },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: count('pending'),
        other: count('other'),
        start: Date.parse(report.startedAt),
        stop: Date.parse(report.startedAt) + report.durationMs,
      },
      tests,
      environment: {
        appName: commandOf(report),
        osPlatform: escapeTerminal(platform.os),
        osRelease: escapeTerminal(platform.release),
        testEnvironment: escapeTerminal(platform.id),
      },
      extra: { profile, strict, verdict },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function testOf({ id, level, title, outcome, told, details }: TestCase, suite: readonly string[]) {
  const trace = details.flatMap(({ name, lines }) => lines.map((line) => `${name}: ${escapeTerminal(line)}`));
  return {
    name: id,
    status: statuses[told.kind],
    // One look judges all requirements together.
    duration: 0,
    suite,
    rawStatus: outcome,
    ...(level === '' ? {} : { tags: [level] }),
    ...(told.kind === 'passed' ? {} : { message: escapeTerminal(told.reason) }),
    ...(trace.length === 0 ? {} : { trace: trace.join('\n') }),
    extra: { title: escapeTerminal(title) },
  };
}
