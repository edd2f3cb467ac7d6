import { describe, expect, test } from 'vitest';
import { conforming } from '../golden/conforming.ts';
import { failing } from '../golden/failing.ts';
import { hostile } from '../golden/hostile.ts';
import type { Report } from '../report.ts';
import { renderPretty } from './pretty.ts';

const plain = { color: false, width: 80, verbose: false, quiet: false };

const goldens: Readonly<Record<string, Report>> = { conforming, failing, hostile };

describe.each(Object.entries(goldens))('the %s report', (name, report) => {
  test('is told', async () => {
    await expect(renderPretty(report, plain)).toMatchFileSnapshot(`../golden/${name}.txt`);
  });

  test('is told with every detail', async () => {
    await expect(renderPretty(report, { ...plain, verbose: true })).toMatchFileSnapshot(
      `../golden/${name}.verbose.txt`,
    );
  });

  test('is told in short', async () => {
    await expect(renderPretty(report, { ...plain, quiet: true })).toMatchFileSnapshot(
      `../golden/${name}.quiet.txt`,
    );
  });

  test('says the same in colour', () => {
    const told = renderPretty(report, { ...plain, color: true });
    expect(told).not.toBe(renderPretty(report, plain));
    expect(told.replace(/\x1b\[\d+m/g, '')).toBe(renderPretty(report, plain));
  });

  test('ends with a newline and holds no control character', () => {
    for (const verbose of [false, true]) {
      const told = renderPretty(report, { ...plain, verbose });
      expect(told.endsWith('\n')).toBe(true);
      expect(told).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}|\p{Surrogate}/u);
    }
  });
});

test('a conforming program fits one screen', () => {
  const lines = renderPretty(conforming, plain).trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(24);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('many may-failures do not push a conforming program off the screen', () => {
  const may = conforming.results.filter(({ level }) => level === 'may');
  const results = [...conforming.results, ...Array.from({ length: 40 }, () => may).flat()];
  const starts = [...conforming.runs, ...conforming.runs.slice(1)];
  const told = renderPretty({ ...conforming, results, runs: starts }, plain);
  expect(told.trimEnd().split('\n').length).toBeLessThanOrEqual(24);
  expect(told).toContain('more (-v shows them)');
});

test('the last line says which other profiles the program conforms to', () => {
  const profiles = { ...conforming.profiles, supervised: conforming.profiles.apue };
  const told = renderPretty({ ...conforming, profiles }, { ...plain, width: 200 });
  expect(told.trimEnd().split('\n').at(-1)).toBe(
    'also: apue yes, classic yes, supervised yes, daemon3-bsd no (1), daemon3-glibc no (1), pep3143 no (2)',
  );
});

test('an inspected process has no start', () => {
  const [run] = conforming.runs;
  const report: Report = {
    ...conforming,
    program: { ...conforming.program, pid: 4021 },
    runs: run === undefined ? [] : [run],
  };
  const told = renderPretty(report, { ...plain, verbose: true });
  expect(told).toMatch(/^process 4021: .\/exampled --port=8080\n\n *PID /);
  expect(told).not.toContain('clean');
});

test('nothing to judge is said', () => {
  const told = renderPretty({ ...conforming, verdict: 'not-applicable', results: [], runs: [] }, plain);
  expect(told).toContain('not applicable: nothing that counts in sysv applies\n');
});

test('an unjudged report says how much could not be judged', () => {
  const results = failing.results.filter(({ outcome }) => outcome === 'inconclusive');
  const told = renderPretty({ ...failing, verdict: 'not-judged', results }, { ...plain, quiet: true });
  expect(told).toContain('not judged by sysv: nothing that counts failed, but 1 could not be judged\n');
  expect(told).toContain('unjudged must    terminal-descriptors');
});
