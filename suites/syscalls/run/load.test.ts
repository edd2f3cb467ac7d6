import { expect, test } from 'vitest';
import { promisesBehind } from './load.ts';

test('a requirement names the promises it rests on', () => {
  expect(promisesBehind('session-leader').map(({ id }) => id)).toContain('open-terminal/read-write');
  expect(promisesBehind('no-such-requirement')).toEqual([]);
});
