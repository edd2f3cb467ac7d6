import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openStatusLine } from './status-line.ts';
import { stubIo } from './stub-world.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const settling = { start: 'clean', phase: 'settling', elapsedMs: 0, processes: 1, daemon: null } as const;

test('a terminal shows the starts, then how far probing is, and is left clean', () => {
  const io = stubIo({ cwd: '/', isTTY: true });
  const line = openStatusLine(io, false);
  line.show(settling);
  vi.advanceTimersByTime(100);
  expect(io.written.stderr).toBe('\r\x1b[Kclean settling 0.1s 1 process');
  line.showProbing({ done: 14, of: 31, running: ['terminal-hangup', 'logout'] });
  vi.advanceTimersByTime(11_900);
  expect(io.written.stderr.endsWith('\r\x1b[Kprobing 14/31 terminal-hangup 12 s')).toBe(true);
  line[Symbol.dispose]();
  expect(io.written.stderr.endsWith('\r\x1b[K')).toBe(true);
});

test('where there is no terminal a line is written every ten seconds, and none once it is over', () => {
  const io = stubIo({ cwd: '/' });
  const line = openStatusLine(io, false);
  line.showProbing({ done: 0, of: 2, running: ['logout', 'terminal-hangup'] });
  vi.advanceTimersByTime(9_999);
  expect(io.written.stderr).toBe('');
  vi.advanceTimersByTime(10_001);
  expect(io.written.stderr).toBe(
    'daemon-conformance: probing 0/2 logout 10 s\ndaemon-conformance: probing 0/2 logout 20 s\n',
  );
  line[Symbol.dispose]();
  vi.advanceTimersByTime(60_000);
  expect(io.written.stderr.split('\n')).toHaveLength(3);
});

test('nothing is told where quiet was asked for', () => {
  const io = stubIo({ cwd: '/', isTTY: true });
  const line = openStatusLine(io, true);
  line.show(settling);
  vi.advanceTimersByTime(60_000);
  line[Symbol.dispose]();
  expect(io.written.stderr).toBe('');
});
