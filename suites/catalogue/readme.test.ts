import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { startNames } from '../../harness/facts/start-state.ts';
import { profileNames } from '../../harness/judge/profile.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { reportFormats } from '../../harness/report/formats.ts';
import { guide } from '../repairs/guide.ts';
import { requirementIds, requirements } from '../requirements/index.ts';
import { renderRepairsPage } from './repairs-page.ts';
import { renderRequirementsPage } from './requirements-page.ts';
import { shownBy } from './shown-by.ts';
import { begin, end, transcript } from './transcript-block.ts';

const read = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');

const pages = ['README.md', 'harness', 'suites', 'fixtures', 'reports', '.github'].flatMap((name) =>
  name.endsWith('.md')
    ? [name]
    : readdirSync(join(packageRoot, name), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('README.md'))
        .map((file) => join(name, file)),
);

test('the page of the requirements is the one npm run catalogue writes', () => {
  expect(read('suites/requirements/README.md')).toBe(
    renderRequirementsPage({ requirements, guide, shownBy }),
  );
});

test('the page of the edits is the one npm run catalogue writes', () => {
  expect(read('suites/repairs/README.md')).toBe(renderRepairsPage(guide));
});

test.each(pages)('every file %s links to is there', (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link ?? '');
  expect(links.filter((link) => !existsSync(join(packageRoot, dirname(page), link)))).toEqual([]);
});

/** As GitHub names headings. */
const anchorsOf = (page: string): readonly string[] => {
  const text = read(page);
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id ?? '')];
};

test.each(pages)('every heading %s links to is there, and there is one of that name', (page) => {
  const missing = [...read(page).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)].filter(
    ([, to = '', anchor = '']) =>
      anchorsOf(to === '' ? page : join(dirname(page), to)).filter((each) => each === anchor).length !== 1,
  );
  expect(missing.map(([link]) => link)).toEqual([]);
});

test('README.md leads to every other page for people', () => {
  const linked = new Set<string>();
  const follow = (page: string): void => {
    if (linked.has(page)) return;
    linked.add(page);
    for (const [, link = ''] of read(page).matchAll(/\]\((?!https?:|#)([^)#]+\.md)/g))
      follow(join(dirname(page), link));
  };
  follow('README.md');
  expect(pages.filter((page) => !linked.has(page))).toEqual([]);
});

/** Process IDs, terminals and times are of one run, and so is the width of the columns they stand in. */
const withoutNumbers = (text: string): string =>
  text
    .replace(/ · [\d.]+ m?s$/m, '')
    .replace(/\d+/g, '0')
    .replace(/ +/g, ' ')
    .trim();

test.skipIf(process.platform !== 'linux')(
  'README.md shows a run as it is now: npm run transcript',
  async () => {
    const shown = read('README.md');
    const block = shown.slice(shown.indexOf(begin) + begin.length, shown.indexOf(end));
    expect(withoutNumbers(block)).toBe(withoutNumbers(await transcript()));
  },
);

test('every edit has its step in writing a daemon', () => {
  const text = read('fixtures/README.md');
  expect(guide.repairs.filter(({ id }) => !text.includes(`suites/repairs/README.md#${id})`))).toEqual([]);
});

test('every requirement that is named beside a step of writing a daemon is one', () => {
  const named = [...read('fixtures/README.md').matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, id]) => id ?? '');
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((id) => !(requirementIds as readonly string[]).includes(id))).toEqual([]);
});

test('every profile, every start state and every format has its row', () => {
  const profiles = read('suites/profiles/README.md');
  const starts = read('harness/launch/README.md');
  const formats = read('harness/report/README.md');
  expect(profileNames.filter((name) => !profiles.includes(`\`${name}\``))).toEqual([]);
  expect(startNames.filter((name) => !starts.includes(`| \`${name}\` |`))).toEqual([]);
  expect(Object.keys(reportFormats).filter((name) => !formats.includes(`\`${name}\``))).toEqual([]);
});
