import { getEventListeners } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { checkProgram } from '../index.ts';
import { ownSignal } from './own-signal.ts';

function warnings(): readonly string[] {
  const names: string[] = [];
  const hear = ({ name }: Error): void => {
    names.push(name);
  };
  process.on('warning', hear);
  onTestFinished(() => {
    process.off('warning', hear);
  });
  return names;
}

/** Node tells its warnings in a later turn. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test('a hundred waits at a time are no leak', async () => {
  const told = warnings();
  const signal = ownSignal(new AbortController().signal);
  for (let wait = 0; wait < 100; wait++) signal?.addEventListener('abort', () => undefined);
  await nextTurn();
  expect(told).toEqual([]);
});

test('it aborts with the first that does, for its reason', () => {
  const [one, other] = [new AbortController(), new AbortController()];
  const signal = ownSignal(one.signal, undefined, null, other.signal);
  other.abort('the other');
  one.abort('one');
  expect(signal?.reason).toBe('the other');
  expect(ownSignal(undefined, null)).toBeUndefined();
});

test('a check listens to a signal of its own, and not to that of whoever asks', async () => {
  const told = warnings();
  const { signal } = new AbortController();
  const heard: number[] = [];
  const { verdict } = await checkProgram(['setsid', '-f', 'sleep', '60'], {
    signal,
    probing: 'all',
    only: ['termination', 'terminal-hangup', 'captured-output', 'inherited-pipe', 'session-sighup'],
    starts: ['clean'],
    onProbing: () => heard.push(getEventListeners(signal, 'abort').length),
  });
  await nextTurn();
  expect(verdict).toBe('does-not-conform');
  expect(new Set(heard)).toEqual(new Set([0]));
  expect(told).toEqual([]);
});

test('aborting ends it', async () => {
  const controller = new AbortController();
  const asked = checkProgram(['sleep', '60'], {
    signal: controller.signal,
    onProgress: ({ phase }) => phase === 'waiting' && controller.abort(new Error('enough')),
  });
  await expect(asked).rejects.toThrow('enough');
});
