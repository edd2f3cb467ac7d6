/** The report as JUnit XML, in the shape that Jenkins, GitLab and Surefire read. */

import { escapeXml, escapeXmlAttribute } from '../escape/xml.ts';
import type { Report } from '../report.ts';
import { commandOf, type Detail } from './result-details.ts';
import { type TestCase, type TestGroup, testGroups } from './test-cases.ts';

export function renderJunit(report: Report): string {
  const groups = testGroups(report);
  const all = groups.flatMap(({ cases }) => cases);
  const time = (report.durationMs / 1_000).toFixed(3);
  const attributes = { name: commandOf(report), ...counts(all), time };
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${written(attributes)}>`,
    ...groups.flatMap((group) => suite(group, report)),
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

function suite({ name, cases }: TestGroup, report: Report): string[] {
  return [
    `  <testsuite${written({ name, ...counts(cases), timestamp: report.startedAt })}>`,
    ...properties(report),
    ...cases.flatMap((each) => testCase(each, `daemon-conformance.${report.profile}.${name}`)),
    '  </testsuite>',
  ];
}

function counts(cases: readonly TestCase[]): Readonly<Record<string, number>> {
  const of = (...kinds: readonly string[]): number =>
    cases.filter(({ told }) => kinds.includes(told.kind)).length;
  return {
    tests: cases.length,
    failures: of('failed'),
    errors: of('errored'),
    skipped: of('skipped', 'excused'),
  };
}

function properties({ tool, platform, profile, strict, verdict }: Report): string[] {
  const values = {
    tool: `${tool.name} ${tool.version}`,
    platform: platform.id,
    release: platform.release,
    profile: strict ? `${profile} (strict)` : profile,
    verdict,
  };
  return [
    '    <properties>',
    ...Object.entries(values).map(([name, value]) => `      <property${written({ name, value })}/>`),
    '    </properties>',
  ];
}

function testCase({ id, told, level, title, details }: TestCase, classname: string): string[] {
  const open = `    <testcase${written({ name: id, classname })}`;
  const text = escapeXml(
    told.kind === 'failed' ? textOf(details) : [title, textOf(details)].join('\n').trim(),
  );
  switch (told.kind) {
    case 'passed':
      return [`${open}/>`];
    case 'failed':
    case 'errored': {
      const tag = told.kind === 'failed' ? 'failure' : 'error';
      return [
        `${open}>`,
        `      <${tag}${written({ message: told.reason, type: level })}>${text}</${tag}>`,
        '    </testcase>',
      ];
    }
    case 'excused':
    case 'skipped':
      return [
        `${open}>`,
        `      <skipped${written({ message: told.reason })}/>`,
        // Readers of <skipped> show its message alone.
        ...(details.length === 0 ? [] : [`      <system-out>${text}</system-out>`]),
        '    </testcase>',
      ];
  }
}

function textOf(details: readonly Detail[]): string {
  return details
    .flatMap(({ name, lines }) => lines.map((line) => `${name.padEnd(10)}${oneLine(line)}`))
    .join('\n');
}

/** A line feed of the program's own is no line of the report. */
function oneLine(text: string): string {
  return text.replaceAll('\n', '\\x0a');
}

function written(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXmlAttribute(oneLine(String(value)))}"`)
    .join('');
}
