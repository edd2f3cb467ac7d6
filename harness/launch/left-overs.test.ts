import { expect, test } from 'vitest';
import type { LeftOver } from '../facts/left-over.ts';
import type { Before } from './left-over.ts';
import { LeftOvers } from './left-overs.ts';

const port: LeftOver = { kind: 'port', name: 'tcp 8080', removed: false };
const pidfile: LeftOver = { kind: 'pidfile', name: '/run/x.pid', removed: false };

/** What is seen at each look; the last is seen for ever. */
function seeing(...looks: readonly (readonly LeftOver[])[]): Before {
  let look = 0;
  const left = () => looks[Math.min(look++, looks.length - 1)] ?? [];
  return { ending: () => {}, ended: () => {}, hadPidfile: false, left };
}

test('what goes by itself while it is waited for was not left', async () => {
  const leftOvers = new LeftOvers();
  await leftOvers.note(seeing([port], [port], []), 60_000);
  expect(leftOvers.told).toEqual([]);
  expect(() => leftOvers.requireNothing()).not.toThrow();
});

test('no launch begins while a port is held, and one does as soon as it is free', async () => {
  const leftOvers = new LeftOvers();
  await leftOvers.note(seeing([port], [port], []), 0);
  expect(leftOvers.told).toEqual([port]);
  expect(() => leftOvers.requireNothing()).toThrow(
    'a former launch is in the way: port tcp 8080 is still there',
  );
  expect(() => leftOvers.requireNothing()).not.toThrow();
});

test('a pidfile that nobody can take away is a stale one, for the program to replace', async () => {
  const leftOvers = new LeftOvers();
  await leftOvers.note(seeing([pidfile]), 0);
  expect(() => leftOvers.requireNothing()).not.toThrow();
});
