import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadPromises, promisesBehind } from './load.ts';

const compiled = join(__dirname, '../../../dist/suites/syscalls');

test('a requirement names the promises it rests on', () => {
  expect(promisesBehind('session-leader').map(({ id }) => id)).toContain('open-terminal/read-write');
  expect(promisesBehind('no-such-requirement')).toEqual([]);
});

test('a call with a folder of modules loads each of them', () => {
  loadPromises();
  const modules = readdirSync(join(compiled, 'fork')).filter((name) => name.endsWith('.js'));
  expect(modules.filter((name) => require.cache[join(compiled, 'fork', name)] === undefined)).toEqual([]);
  expect(modules).not.toEqual([]);
});
