import { describe, expect, test } from 'vitest';
import { conforming } from '../golden/conforming.ts';
import { failing } from '../golden/failing.ts';
import { immense } from '../golden/immense.ts';
import { every, golden } from '../golden/reports.ts';
import type { Report } from '../report.ts';
import { renderGithub } from './github.ts';
import { renderPretty } from './pretty.ts';

const view = { color: false, width: 80, verbose: false, quiet: false };

/** As the runner reads a log: lines that are commands, while commands are not stopped. */
function commands(
  log: string,
): readonly { readonly kind: string; readonly title: string; readonly message: string }[] {
  let resumes: string | null = null;
  return log.split(/\r\n|\r|\n/).flatMap((line) => {
    const [, kind = '', properties = '', message = ''] =
      /^\s*::([\w-]+)(?: ([^:]*))?::(.*)$/.exec(line) ?? [];
    if (resumes !== null) {
      if (line.trim() === `::${resumes}::`) resumes = null;
      return [];
    }
    if (kind === 'stop-commands') {
      resumes = message;
      return [];
    }
    const decoded = (text: string): string =>
      text
        .replaceAll('%0A', '\n')
        .replaceAll('%0D', '\r')
        .replaceAll('%3A', ':')
        .replaceAll('%2C', ',')
        .replaceAll('%25', '%');
    return kind === ''
      ? []
      : [{ kind, title: decoded(properties.replace('title=', '')), message: decoded(message) }];
  });
}

describe.each(golden)('the %s report', (name, report) => {
  test('is told to GitHub Actions', async () => {
    await expect(renderGithub(report, view)).toMatchFileSnapshot(`../golden/${name}.github.txt`);
  });
});

test('what counts is an error, what does not a warning or a notice', () => {
  expect(commands(renderGithub(failing, view)).map(({ kind, title }) => `${kind} ${title}`)).toEqual([
    'error session-leader (must)',
    'error starter-return (must)',
    'error file-mode-creation-mask (must)',
    'warning terminal-descriptors (must)',
    'warning environment (should)',
    'warning process 5021 is left behind',
    'notice nice-value (may)',
  ]);
});

test('of more than GitHub shows, the last names the others', () => {
  const [, failed] = failing.results;
  const results = Array.from({ length: 14 }, (_, index) => ({ ...(failed ?? []), id: `id-${index}` }));
  const shown = commands(renderGithub({ ...failing, runs: [], results: results as Report['results'] }, view));
  expect(shown.length).toBe(10);
  expect(shown.at(-1)).toEqual({
    kind: 'error',
    title: 'and 5 more',
    message: 'id-9 (must), id-10 (must), id-11 (must), id-12 (must), id-13 (must)',
  });
});

test.each(every)('no text of the %s report is a command', (_name, report) => {
  const log = renderGithub(report, view);
  for (const { kind } of commands(log)) expect(['error', 'warning', 'notice']).toContain(kind);
  expect(log).toContain(renderPretty(report, view));
  expect(log.replace(renderPretty(report, view), '')).not.toMatch(
    /[^\P{Cc}\n]|\p{Bidi_Control}|\p{Surrogate}/u,
  );
});

test('an unjudged requirement that counts is an error where it decides', () => {
  const results = failing.results.filter(({ outcome }) => outcome === 'inconclusive');
  const told = commands(renderGithub({ ...failing, runs: [], verdict: 'not-judged', results }, view));
  expect(told.map(({ kind, title }) => `${kind} ${title}`)).toEqual(['error terminal-descriptors (must)']);
});

test('a conforming program has no errors', () => {
  expect(commands(renderGithub(conforming, view)).filter(({ kind }) => kind === 'error')).toEqual([]);
});

test('a megabyte is bounded', () => {
  expect(renderGithub(immense, { ...view, verbose: false }).length).toBeLessThan(200_000);
});
