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

beforeAll(async () => {
  if (absent) return;
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  browser = await chromium.launch({ executablePath, args });
});

afterAll(async () => {
  await browser?.close();
});

interface OpenPage {
  readonly page: Page;
  /** What the browser complained of, and what it asked for. */
  readonly noise: string[];
}

async function opened(html: string, width: number, colorScheme: 'light' | 'dark'): Promise<OpenPage> {
  if (browser === null) throw new Error('the browser was not started');
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  const noise: string[] = [];
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(error.message));
  page.on('request', ({ url }) => noise.push(url()));
  page.on('dialog', (dialog) => {
    noise.push(dialog.message());
    void dialog.dismiss();
  });
  await page.setContent(html);
  return { page, noise };
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
      const { page, noise } = await opened(html, width, 'light');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(noise).toEqual([]);
      await page.close();
    }
  });

  test.each(every)('no word of a picture in the %s report is cut', async (_name, report) => {
    for (const width of [390, 1280]) {
      const { page } = await opened(renderHtml(report), width, 'light');
      expect(await page.evaluate(cutWords)).toEqual([]);
      await page.close();
    }
  });

  test.each(every)('the %s report can be read in light and in dark', async (_name, report) => {
    for (const scheme of ['light', 'dark'] as const) {
      const { page } = await opened(renderHtml(report), 1280, scheme);
      const { ratio, text } = await page.evaluate<{ readonly ratio: number; readonly text: string }>(
        worstContrast,
      );
      expect({ scheme, text, readable: ratio >= 4.5 }).toEqual({ scheme, text, readable: true });
      await page.close();
    }
  });

  test.each(comparisons)(
    'a comparison of %s is quiet, fits a phone and a desk, and can be read',
    async (_name, page) => {
      for (const width of [390, 1280]) {
        for (const scheme of ['light', 'dark'] as const) {
          const { page: shown, noise } = await opened(page, width, scheme);
          // What is folded is looked at too.
          await shown.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
          expect(await shown.evaluate('document.documentElement.scrollWidth')).toBe(width);
          expect(noise).toEqual([]);
          const { ratio, text } = await shown.evaluate<{ readonly ratio: number; readonly text: string }>(
            worstContrast,
          );
          expect({ scheme, text, readable: ratio >= 4.5 }).toEqual({ scheme, text, readable: true });
          await shown.close();
        }
      }
    },
  );

  test('the keyboard reaches the content first, then every link and every fold', async () => {
    const { page } = await opened(renderHtml(every[1]?.[1] ?? never()), 1280, 'light');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the report');
    const reachable = await page.evaluate(
      "[...document.querySelectorAll('a, summary')].filter(({ tabIndex }) => tabIndex < 0).length",
    );
    expect(reachable).toBe(0);
    await page.close();
  });

  test('paper shows what is folded', async () => {
    const { page } = await opened(renderHtml(every[1]?.[1] ?? never()), 1000, 'light');
    const facts = page.getByRole('rowheader', { name: 'working directory', includeHidden: true }).first();
    expect(await facts.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await facts.isVisible()).toBe(true);
    await page.close();
  });

  test('a screen reader hears the verdict, the landmarks and what a picture shows', async () => {
    const { page } = await opened(renderHtml(every[3]?.[1] ?? never()), 1280, 'light');
    const tree = await page.locator('body').ariaSnapshot();
    expect(tree).toContain('heading "does not conform to sysv" [level=1]');
    expect(tree).toContain('navigation "Sections"');
    expect(tree).toMatch(/img "Processes after the clean start/);
    expect(tree).toContain('- main:');
    await page.close();
  });
});

function never(): never {
  throw new Error('the reports are not what they were');
}
