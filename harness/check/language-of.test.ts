import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { languageOf } from './language-of.ts';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'language-of-'));
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

test.each([
  ['d', '#!/usr/bin/python3\n', 'python'],
  ['d', '#! /usr/bin/env -S perl -w\n', 'perl'],
  ['d', '#!/usr/bin/env RAILS_ENV=production ruby3.1\n', 'ruby'],
  ['d', '#!/bin/sh -e\n', 'sh'],
  ['d', '#!/usr/bin/awk -f\n', 'c'],
  ['d', '\x7fELF\x02 .data \xff Go buildinf:\x08\x02', 'go'],
  ['d', '\x7fELF\x02 .comment rustc version 1.95.0\n', 'rust'],
  ['d', '\x7fELF\x02 __rust_lib_backtrace RUST_BACKTRACE\0', 'rust'],
  ['d', '\x7fELF\x02 GCC: (Debian)\n', 'c'],
  ['python3.11', '\x7fELF\x02', 'python'],
  ['node', '\x7fELF\x02', 'node'],
  ['ruby', '#!/usr/bin/env bash\nexec rbenv exec ruby "$@"\n', 'ruby'],
  ['d', '', 'c'],
])('a file called %s that begins with %j is in %s', (name, text, language) => {
  const path = join(directory, name);
  writeFileSync(path, text, 'latin1');
  expect(languageOf(path)).toBe(language);
});

test('a name tells where there is no file to read', () => {
  expect(languageOf(join(directory, 'none', 'bash'))).toBe('sh');
  expect(languageOf(join(directory, 'none', 'exampled'))).toBe('c');
});
