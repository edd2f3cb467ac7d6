import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { forking } from '../golden/forking.ts';
import { immense } from '../golden/immense.ts';
import { every, golden } from '../golden/reports.ts';
import { renderHtml } from './page.ts';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  // It counts entities as they are written.
  rules: { 'long-title': ['error', { maxlength: 150 }] },
});

describe.each([...golden, ['forking', forking] as const])('the %s report', (name, report) => {
  test('is told as a page', async () => {
    await expect(renderHtml(report)).toMatchFileSnapshot(`../golden/${name}.html`);
  });
});

test.each(every)('a validator finds nothing wrong with the %s report', async (_name, report) => {
  const { results } = await validator.validateString(renderHtml(report));
  const messages = results.flatMap((each) => each.messages);
  expect(messages.map(({ ruleId, message, line }) => `${line}: ${message} (${ruleId})`)).toEqual([]);
});

test('the validator would see what is wrong', async () => {
  const { valid } = await validator.validateString(renderHtml(forking).replace('<h1>', '<h1><p>'));
  expect(valid).toBe(false);
});

test.each(every)(
  'every link of the %s report leads somewhere, and every name is there once',
  (_name, report) => {
    const page = renderHtml(report);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const named = [...page.matchAll(/ (?:href="#|aria-labelledby=")([^"]*)"/g)].flatMap(([, all = '']) =>
      all.split(' '),
    );
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  },
);

test.each(every)('the %s report fetches nothing and runs nothing', (_name, report) => {
  const page = renderHtml(report);
  expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|base|form|input)\b/i);
  expect(page).not.toMatch(/\s(on\w+|src|style)=/i);
  expect([...page.matchAll(/href="([^"]*)"/g)].filter(([, to]) => to?.startsWith('#') === false)).toEqual([]);
  expect(page).not.toMatch(/url\(|@import/);
});

test('no control character is left', () => {
  for (const [, report] of every) {
    expect(renderHtml(report)).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}|\p{Surrogate}/u);
  }
});

test('a megabyte is bounded', () => {
  expect(renderHtml(immense).length).toBeLessThan(400_000);
});

test('a table has a caption, and its heads say what they are heads of', () => {
  const page = renderHtml(forking);
  const tables = [...page.matchAll(/<table.*?<\/table>/gs)].map(([table]) => table);
  expect(tables.length).toBeGreaterThan(5);
  for (const table of tables) {
    expect(table).toContain('<caption');
    expect(table).not.toMatch(/<th(?! scope="(?:row|col)")[\s>]/);
  }
});
