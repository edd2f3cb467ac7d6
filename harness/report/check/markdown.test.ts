import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { codeMarkdown, escapeMarkdown } from '../escape/markdown.ts';
import { failing } from '../golden/failing.ts';
import { immense } from '../golden/immense.ts';
import { every, golden } from '../golden/reports.ts';
import { renderMarkdown } from './markdown.ts';

// As GitHub does: tags are let through, tables, strikethrough and bare links are known.
const renderer = new MarkdownIt({ html: true, linkify: true });

/** Tags of the rendered text, each once. */
function tags(html: string): readonly string[] {
  return [...new Set([...html.matchAll(/<([a-z][\w-]*)/gi)].map(([, name = '']) => name))].sort();
}

function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();
}

describe.each(golden)('the %s report', (name, report) => {
  test('is told in Markdown', async () => {
    await expect(renderMarkdown(report)).toMatchFileSnapshot(`../golden/${name}.md`);
  });
});

test.each(every)('a renderer finds only our own markup in the %s report', (_name, report) => {
  const ours =
    'blockquote code details em h1 h2 h3 li ol p pre strong summary table tbody td th thead tr ul'.split(' ');
  const html = renderer.render(renderMarkdown(report));
  expect(tags(html).filter((tag) => !ours.includes(tag))).toEqual([]);
  // Every row of every table has as many cells as its head.
  for (const [table] of html.matchAll(/<table>.*?<\/table>/gs)) {
    const columns = table.match(/<th>/g)?.length;
    for (const [row] of table.matchAll(/<tr>\n<td>.*?<\/tr>/gs))
      expect(row.match(/<td>/g)?.length).toBe(columns);
  }
  expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length);
});

const awkward = [
  '<script>alert(1)</script>',
  '**b** _i_ ~~s~~ `c` [l](http://x) ![i](x)',
  'https://example.org www.example.org ann@example.org @ann #17 :tada:',
  '# not a heading',
  '- not a list',
  '12. not a list',
  '> not a quotation',
  '| a | b |',
  '--- ',
  '    not code',
  '+ not a list either',
  '===',
  'back\\slash \\` &amp; &#64; ~ $x$ ``a``b`',
  '`',
  ' `` ',
  '',
];

test.each(awkward)('%j stays text', (text) => {
  for (const markdown of [`x ${escapeMarkdown(text)}`, escapeMarkdown(text), codeMarkdown(text)]) {
    const html = renderer.render(markdown);
    expect(tags(html).filter((tag) => tag !== 'p' && tag !== 'code')).toEqual([]);
    expect(textOf(html).replace(/^x ?/, '').trim()).toBe(text.trim());
  }
});

test('a cell holds its text and ends where it ends', () => {
  const html = renderer.render(`| a | b |\n| --- | --- |\n| ${escapeMarkdown('x | `y` \\| \n z')} | end |`);
  expect([...html.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => cell)).toEqual([
    'x | `y` \\| \\x0a z',
    'end',
  ]);
});

test('no control character is left', () => {
  for (const [, report] of every) {
    expect(renderMarkdown(report)).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}|\p{Surrogate}/u);
  }
});

test('a failure says what to do, and who says so', () => {
  const text = renderMarkdown(failing);
  expect(text).toContain('- **expected** `session ID differs from process ID`');
  expect(text).toContain('Call fork(2) once more after setsid(2)');
});

test('a megabyte is bounded', () => {
  expect(renderMarkdown(immense).length).toBeLessThan(200_000);
});
