import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outsideTool } from '../../../suites/outside-tool.ts';
import type { Result } from '../../facts/result.ts';
import { conforming } from '../golden/conforming.ts';
import { failing } from '../golden/failing.ts';
import { immense } from '../golden/immense.ts';
import { every, golden } from '../golden/reports.ts';
import { renderJunit } from './junit.ts';

const schema = join(__dirname, 'test-data/junit.xsd');

describe.each(golden)('the %s report', (name, report) => {
  test('is told as JUnit XML', async () => {
    await expect(renderJunit(report)).toMatchFileSnapshot(`../golden/${name}.junit.xml`);
  });
});

test.for(every)('xmllint finds the %s report well-formed and valid', ([, report], { skip }) => {
  const checked = outsideTool(
    'xmllint',
    ['--noout', '--nonet', '--schema', schema, '-'],
    renderJunit(report),
  );
  if (checked === null) return skip('xmllint is not installed: install libxml2-utils');
  expect(checked).toEqual({ status: 0, output: '- validates\n' });
});

test('xmllint would see what is wrong', ({ skip }) => {
  const spoilt = renderJunit(failing).replace(' tests=', ' test=');
  const checked = outsideTool('xmllint', ['--noout', '--schema', schema, '-'], spoilt);
  if (checked === null) return skip('xmllint is not installed: install libxml2-utils');
  expect(checked.status).not.toBe(0);
});

test('only what passes has no child', () => {
  const passed = [...renderJunit(failing).matchAll(/<testcase name="([^"]*)"[^>]*\/>/g)].map(
    ([, name]) => name,
  );
  expect(passed).toEqual(['run-state']);
});

test('a program that could not be judged is no success', () => {
  const [first] = conforming.results;
  const unread = { ...first, outcome: 'inconclusive', because: 'unread', counts: true } as Result;
  const xml = renderJunit({ ...conforming, verdict: 'not-judged', results: [unread] });
  expect(xml).toContain(' tests="1" failures="0" errors="1" skipped="0" ');
  expect(xml).toContain('<error message="could not be judged: unread"');
});

test('a megabyte is bounded', () => {
  expect(renderJunit(immense).length).toBeLessThan(200_000);
});
