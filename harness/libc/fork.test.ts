import { expect, test } from 'vitest';
import { lostForks } from '../../suites/soak/forks.ts';
import { fork } from './fork.ts';

// `npm run soak` does ten times as many.
test('a hundred forks under allocation pressure lose no child', () => {
  expect(lostForks(100)).toBe(0);
});

test('fork is refused in a Node that runs more than one thread of V8', () => {
  expect(() => fork()).toThrow('fork(2) needs node --single-threaded');
});
