import { expect, test } from 'vitest';
import type { StageEvent } from '../launch/protocol.ts';
import { requireStage, StageLost } from './stage-lost.ts';

const launch = 1;
const killed: StageEvent = { launch, type: 'lost', because: 'its stage was killed' };

/** A launch whose stage tells this, and answers no more. */
const told = (...events: readonly StageEvent[]) => ({
  events,
  act: () => Promise.reject(new Error('the stage ended before it could act')),
});

test('a stage that was killed shows nothing of the program', async () => {
  await expect(requireStage(told(killed))).rejects.toThrow(StageLost);
});

test('one that was killed as it ended, when it was asked to, had shown it before', async () => {
  await requireStage(told({ launch, type: 'ending', asked: true }, killed));
  await requireStage(told({ launch, type: 'ending', asked: true }, { launch, type: 'over', left: [] }));
});

test('one that ends since it failed shows nothing either', async () => {
  const failed: StageEvent = { launch, type: 'lost', because: 'fork: EAGAIN' };
  await expect(requireStage(told({ launch, type: 'ending', asked: false }, failed))).rejects.toThrow(
    'fork: EAGAIN',
  );
});
