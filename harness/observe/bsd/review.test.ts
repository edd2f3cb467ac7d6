/** The review of what has not run: each row of the table in README.md names a file and something that stands in it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../package-root.ts';

const review = readFileSync(join(__dirname, 'README.md'), 'utf8').split('row by row')[1] ?? '';
const rows = review.split('\n').flatMap((line) => {
  const cells = line.split(' | ');
  return cells.length === 5 && line.startsWith('| ') ? [cells] : [];
});
const tables = ['harness/libc/constants/openbsd.ts', 'harness/libc/constants/netbsd.ts'];

test('the table is there', () => {
  expect(rows[0]?.at(-1)).toBe('where it stands |');
  expect(rows.length).toBeGreaterThan(25);
});

test.each(rows.slice(2).map((cells) => [cells[0]?.slice(2) ?? '', cells.at(-1) ?? '']))(
  '%s stands where the table says',
  (_what, where) => {
    const named = [...where.matchAll(/`([^`:]+): ([^`]+)`/g)];
    expect(named.length).toBeGreaterThan(0);
    const missing = named.flatMap(([, place = '', name = '']) =>
      (place === 'constants' ? tables : [place])
        .filter((file) => {
          const text = readFileSync(join(packageRoot, file), 'utf8');
          return place === 'constants' ? !new RegExp(`^  ${name}:`, 'm').test(text) : !text.includes(name);
        })
        .map((file) => `${file}: ${name}`),
    );
    expect(missing).toEqual([]);
  },
);
