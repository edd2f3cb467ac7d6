import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

/** `harness/observe/linux/x.ts` is of `observe`, `harness/index.ts` of `index`, and all of `suites/` is one. */
function roomOf(path: string): string {
  const [first = ''] = path.split('/');
  return first === '..' ? (path.split('/')[1] ?? '') : first.replace(/\.ts$/, '');
}

/** Files that make up a test: the tests, what they compare with, and the worlds they play in. */
const ofTests = /\.test\.m?ts$|\/golden\/|\/captured\/|example-run\.ts$|stub-world\.ts$/;

function drawnFromCode(): Readonly<Record<string, readonly string[]>> {
  const arrows = new Map<string, Set<string>>();
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => /\.m?ts$/.test(name) && !ofTests.test(name))) {
    const from = roomOf(file);
    const into = arrows.get(from) ?? new Set();
    arrows.set(from, into);
    const text = readFileSync(join(__dirname, file), 'utf8');
    for (const [, specifier = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g)) {
      const to = roomOf(relative(__dirname, join(__dirname, dirname(file), specifier)));
      if (to !== from) into.add(to);
    }
  }
  return Object.fromEntries([...arrows].map(([from, into]) => [from, [...into].sort()]));
}

function drawnInReadme(): readonly (readonly [string, readonly string[]])[] {
  const [, drawing = ''] =
    /```\n([\s\S]*?)```/.exec(readFileSync(join(__dirname, 'README.md'), 'utf8')) ?? [];
  return drawing.split('\n').flatMap((line) => {
    const [, from, into = ''] = /^(\S+)\s*->\s*(.*)$/.exec(line) ?? [];
    return from === undefined ? [] : [[from, into.split(' ').filter((word) => word !== '')] as const];
  });
}

test('the map of the rooms is that of the imports', () => {
  const drawn = drawnInReadme().map(([from, into]) => [from, [...into].sort()]);
  expect(Object.fromEntries(drawn)).toEqual(drawnFromCode());
});

test('every arrow of the map points down', () => {
  const rows = drawnInReadme();
  const order = rows.map(([from]) => from);
  const up = rows.flatMap(([from, into], row) =>
    into.filter((to) => to !== 'suites' && order.indexOf(to) <= row).map((to) => `${from} -> ${to}`),
  );
  expect(up).toEqual([]);
});

/** Tests grow by cases, each of which is read by itself, and are left out. */
const longestFile = 250;

test('a file above 250 lines says why it is one, and a shorter one does not', () => {
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  const wrong = files
    .filter((name) => /\.m?ts$/.test(name) && !name.includes('.test.'))
    .filter((name) => {
      const text = readFileSync(join(__dirname, name), 'utf8');
      const [head = ''] = /^\/\*\*[\s\S]*?\*\//.exec(text) ?? [];
      const isLong = text.split('\n').length - 1 > longestFile;
      return isLong !== /Longer than 250 lines: \S/.test(head.replace(/\n \* /g, ' '));
    });
  expect(wrong).toEqual([]);
});
