import { expect, test } from 'vitest';
import type { StageEvent } from '../launch/protocol.ts';
import { toldBy } from './follow.ts';

const launch = 1;
const ended = { launch, atMs: 0, exitCode: 0, signal: null } as const;
const below = (...pids: number[]): StageEvent => ({ launch, type: 'below', pids });

test('where the stage adopts orphans it tells of nobody', () => {
  expect(
    toldBy([
      { launch, type: 'stage', pid: 400, isolated: false, whyNot: null },
      { ...ended, type: 'returned', pid: 401 },
    ]),
  ).toEqual([]);
});

test('elsewhere the program is who was told of last, without those that have ended since', () => {
  const events: StageEvent[] = [below(401, 402)];
  expect(toldBy(events)).toEqual([401, 402]);
  events.push({ ...ended, type: 'returned', pid: 401 });
  expect(toldBy(events)).toEqual([402]);
  events.push(below(402, 403), { ...ended, type: 'ended', pid: 402 });
  expect(toldBy(events)).toEqual([403]);
  events.push({ ...ended, type: 'ended', pid: 403 });
  expect(toldBy(events)).toEqual([]);
});
