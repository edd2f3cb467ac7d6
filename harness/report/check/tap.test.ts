import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outsideTool } from '../../../suites/outside-tool.ts';
import { conforming } from '../golden/conforming.ts';
import { failing } from '../golden/failing.ts';
import { immense } from '../golden/immense.ts';
import { every, golden } from '../golden/reports.ts';
import { renderTap, renderTap14 } from './tap.ts';

describe.each(golden)('the %s report', (name, report) => {
  test('is told as TAP 13', async () => {
    await expect(renderTap(report)).toMatchFileSnapshot(`../golden/${name}.tap`);
  });

  test('differs in TAP 14 by its first line', () => {
    expect(renderTap14(report)).toBe(renderTap(report).replace('version 13', 'version 14'));
  });
});

/** The report and each of its subtests as a file of its own: prove passes over what is indented. */
function files(tap: string): readonly string[] {
  const subtests = tap
    .split(/^# Subtest: .*\n/m)
    .slice(1)
    .map((text) => `TAP version 13\n${[...text.matchAll(/^ {4}(.*\n)/gm)].map(([, line]) => line).join('')}`);
  return [tap, ...subtests];
}

/** What prove says of each file; null where it is not installed. */
function prove(taps: readonly string[]): readonly string[] | null {
  const directory = mkdtempSync(join(tmpdir(), 'prove-'));
  const names = taps.map((tap, index) => {
    const name = join(directory, `${index}.tap`);
    writeFileSync(name, tap);
    return name;
  });
  const proven = outsideTool('prove', ['--exec', 'cat', ...names], '');
  rmSync(directory, { recursive: true });
  if (proven === null) return null;
  expect(proven.output).not.toMatch(/Parse errors|Unknown|Bad plan/i);
  return names.map((name) => {
    const from = proven.output.indexOf(`${name} .`);
    return proven.output.slice(from + name.length, proven.output.indexOf(directory, from + 1));
  });
}

test.for(every)('prove reads the %s report', ([, report], { skip }) => {
  const taps = files(renderTap(report));
  const proven = prove(taps);
  if (proven === null) return skip('prove is not installed: install perl');
  const fails = taps.map((tap) => /^not ok (?!.* # TODO)/m.test(tap));
  expect(proven.map((said) => said.includes('Failed '))).toEqual(fails);
});

test('prove reads evidence that looks like YAML', ({ skip }) => {
  const evidence = ['/proc/1/fd: 0-2', '- a: "b"', '---', '...', "'", '"', '|', '>', '~', '# x', ''];
  const results = failing.results.map((each) => ({ ...each, evidence, expected: "'", actual: '"' }));
  if (prove(files(renderTap({ ...failing, results }))) === null) skip('prove is not installed: install perl');
});

test('prove would see a plan that is not kept', ({ skip }) => {
  const [, first = ''] = files(renderTap(conforming));
  if (prove([first]) === null) return skip('prove is not installed: install perl');
  expect(() => prove([first.replace('1..', '1..9')])).toThrow('Bad plan');
});

test('a failure that is expected, or does not count, is to do', () => {
  const directives = [...renderTap(failing).matchAll(/ - ([\w-]+):.* # (TODO)/g)];
  expect(directives.map(([, id, word]) => `${id} ${word}`)).toEqual([
    'working-directory TODO',
    'environment TODO',
    'nice-value TODO',
  ]);
});

test('a megabyte is bounded', () => {
  expect(renderTap(immense).length).toBeLessThan(200_000);
});
