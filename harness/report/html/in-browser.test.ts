import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../package-root.ts';
import { compare } from '../compare/compare.ts';
import type { Comparison } from '../compare/comparison.ts';
import { renderComparisonHtml } from '../compare/html.ts';
import { every } from '../golden/reports.ts';
import type { SuiteReport } from '../suite/report.ts';
import { renderHtml } from './page.ts';

const executablePath = '/usr/bin/chromium';
const absent = !existsSync(executablePath);

let browser: Browser | null = null;
/** One for all: each would be a process of its own. */
let page: Page;
/** What the browser complained of since the page was filled, and what it asked for. */
const noise: string[] = [];

beforeAll(async () => {
  if (absent) return;
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  browser = await chromium.launch({ executablePath, args });
  page = await browser.newPage();
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(error.message));
  page.on('request', ({ url }) => noise.push(url()));
  page.on('dialog', (dialog) => {
    noise.push(dialog.message());
    void dialog.dismiss();
  });
});

afterAll(async () => {
  await browser?.close();
});

async function open(html: string, width: number, colorScheme: 'light' | 'dark'): Promise<void> {
  // A document of its own, not the former one with other contents.
  await page.goto('about:blank');
  noise.length = 0;
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme, media: null });
  await page.setContent(html);
}

const reference = (path: string): unknown =>
  JSON.parse(readFileSync(join(packageRoot, 'reports', path), 'utf8'));

function platforms(): Comparison {
  const compared = compare(
    ['linux-6.18-x64-glibc-2.36', 'linux-6.18-x64-glibc-2.36+musl-1.2.3'].map((file) => ({
      kind: 'suite',
      file,
      report: reference(`${file}/syscalls.json`) as SuiteReport,
    })),
  );
  if (compared.kind === 'refused') throw new Error(compared.because);
  return compared.comparison;
}

function beside(): Comparison {
  const compared = compare(every.map(([file, report]) => ({ kind: 'check', file, report })));
  if (compared.kind === 'refused') throw new Error(compared.because);
  return compared.comparison;
}

const comparisons: readonly (readonly [string, string])[] = [
  ['many programs', renderComparisonHtml(reference('scorecard/scorecard.json') as Comparison)],
  ['reports of every kind', renderComparisonHtml(beside())],
  ['platforms', renderComparisonHtml(platforms())],
];

const worstContrast = readFileSync(join(__dirname, 'test-data/worst-contrast.js'), 'utf8');

/** A picture shows nothing beyond its edge. */
const cutWords = `[...document.querySelectorAll('svg.tree text')]
  .filter((text) => {
    const { left, right } = text.getBoundingClientRect();
    const picture = text.closest('svg').getBoundingClientRect();
    return left < picture.left || right > picture.right;
  })
  .map(({ textContent }) => textContent)`;

describe.skipIf(absent)('in a browser (needs Chromium: install chromium)', () => {
  test.each(every)('the %s report is quiet and fits a phone and a desk', async (_name, report) => {
    const html = renderHtml(report);
    for (const width of [390, 1280]) {
      await open(html, width, 'light');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(noise).toEqual([]);
    }
  });

  test.each(every)('no word of a picture in the %s report is cut', async (_name, report) => {
    for (const width of [390, 1280]) {
      await open(renderHtml(report), width, 'light');
      expect(await page.evaluate(cutWords)).toEqual([]);
    }
  });

  test.each(every)('the %s report can be read in light and in dark', async (_name, report) => {
    for (const scheme of ['light', 'dark'] as const) {
      await open(renderHtml(report), 1280, scheme);
      const { ratio, text } = await page.evaluate<{ readonly ratio: number; readonly text: string }>(
        worstContrast,
      );
      expect({ scheme, text, readable: ratio >= 4.5 }).toEqual({ scheme, text, readable: true });
    }
  });

  test.each(comparisons)(
    'a comparison of %s is quiet, fits a phone and a desk, and can be read',
    async (_name, html) => {
      for (const width of [390, 1280]) {
        for (const scheme of ['light', 'dark'] as const) {
          await open(html, width, scheme);
          // What is folded is looked at too.
          await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
          expect(noise).toEqual([]);
          const { ratio, text } = await page.evaluate<{ readonly ratio: number; readonly text: string }>(
            worstContrast,
          );
          expect({ scheme, text, readable: ratio >= 4.5 }).toEqual({ scheme, text, readable: true });
        }
      }
    },
  );

  test('the keyboard reaches the content first, then every link and every fold', async () => {
    await open(renderHtml(every[1]?.[1] ?? never()), 1280, 'light');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the report');
    const reachable = await page.evaluate(
      "[...document.querySelectorAll('a, summary')].filter(({ tabIndex }) => tabIndex < 0).length",
    );
    expect(reachable).toBe(0);
  });

  test('paper shows what is folded', async () => {
    await open(renderHtml(every[1]?.[1] ?? never()), 1000, 'light');
    const facts = page.getByRole('rowheader', { name: 'working directory', includeHidden: true }).first();
    expect(await facts.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await facts.isVisible()).toBe(true);
  });

  test('a screen reader hears the verdict, the landmarks and what a picture shows', async () => {
    await open(renderHtml(every[3]?.[1] ?? never()), 1280, 'light');
    const tree = await page.locator('body').ariaSnapshot();
    expect(tree).toContain('heading "does not conform to sysv" [level=1]');
    expect(tree).toContain('navigation "Sections"');
    expect(tree).toMatch(/img "Processes after the clean start/);
    expect(tree).toContain('- main:');
  });
});

function never(): never {
  throw new Error('the reports are not what they were');
}
