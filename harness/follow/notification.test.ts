import { expect, test } from 'vitest';
import { notificationIn } from './notification.ts';

test('a datagram is a line for each variable, with or without a newline at its end', () => {
  const base64 = Buffer.from('READY=1\nSTATUS=at work\n').toString('base64');
  expect(notificationIn({ launch: 1, type: 'notified', from: 402, base64, atMs: 8 })).toEqual({
    atMs: 8,
    from: 402,
    state: ['READY=1', 'STATUS=at work'],
  });
});
