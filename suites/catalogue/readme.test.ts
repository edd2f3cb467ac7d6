import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../harness/package-root.ts';
import { requirementIds, requirements } from '../requirements/index.ts';
import { shownBy } from './shown-by.ts';
import { insertTable, renderTable } from './table.ts';

const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');

test('the table in README.md is the one npm run catalogue writes', () => {
  expect(insertTable(readme, renderTable(requirements, shownBy))).toBe(readme);
});

test('every file README.md links to is there', () => {
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link ?? '');
  expect(links.length).toBeGreaterThan(40);
  expect(links.filter((link) => !existsSync(join(packageRoot, link)))).toEqual([]);
});

test('every requirement README.md names beside a step is one', () => {
  const chapter = readme.slice(readme.indexOf('## Writing a daemon'), readme.indexOf('## The catalogue'));
  const named = [...chapter.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, id]) => id ?? '');
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((id) => !(requirementIds as readonly string[]).includes(id))).toEqual([]);
});

test('a readme without the marks is refused', () => {
  expect(() => insertTable('nothing', 'table')).toThrow('README.md lacks the marks');
});
