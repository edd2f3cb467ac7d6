import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { output, processIo } from './process-io.ts';

/** A stream whose writes fail the way the kernel would have it. */
function failing(code: string): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(`${code}: as asked`), { code })),
  });
}

test('a reader that has gone away is no failure, however often one writes', async () => {
  const gone = output(failing('EPIPE'), 'standard output');
  await expect(gone.write('a')).resolves.toBeUndefined();
  await expect(gone.write('b')).resolves.toBeUndefined();
});

test('any other failure names the stream', async () => {
  await expect(output(failing('ENOSPC'), 'standard output').write('a')).rejects.toThrow(
    'standard output: ENOSPC: as asked',
  );
});

test('a terminal without a size has no columns', () => {
  const terminal = (columns: number) =>
    output(Object.assign(failing('EIO'), { isTTY: true, columns }), 'standard error');
  expect(terminal(0).columns).toBeNull();
  expect(terminal(132)).toMatchObject({ isTTY: true, columns: 132 });
  expect(output(failing('EIO'), 'standard error')).toMatchObject({ isTTY: false, columns: null });
});

test('signals are listened to only as long as somebody does', () => {
  const before = process.listenerCount('SIGTERM');
  const stop = processIo().onStopSignal(() => {});
  expect(process.listenerCount('SIGTERM')).toBe(before + 1);
  stop();
  expect(process.listenerCount('SIGTERM')).toBe(before);
});
