import { expect, test } from 'vitest';
import { errnoName, errnoNumber } from './library.ts';
import { platform, signalName, signalNumber } from './platform.ts';
import { kill, signalSet } from './signal.ts';
import { closeRange } from './sys-close-range.ts';
import { ending, waitpid } from './sys-wait.ts';
import { chdir, close, getpgid, getpid, getsid, setpgid } from './unistd.ts';

test('a failed call names its errno', () => {
  expect(close(-1)).toEqual({ value: -1, errno: 'EBADF' });
  expect(chdir('/no/such/directory')).toEqual({ value: -1, errno: 'ENOENT' });
  expect(chdir('/dev/null')).toEqual({ value: -1, errno: 'ENOTDIR' });
  expect(getsid(2 ** 30)).toEqual({ value: -1, errno: 'ESRCH' });
  expect(setpgid(0, -1)).toEqual({ value: -1, errno: 'EINVAL' });
  expect(kill(getpid(), 1000)).toEqual({ value: -1, errno: 'EINVAL' });
  expect(waitpid(2 ** 30, 0)).toMatchObject({ value: -1, errno: 'ECHILD' });
});

test('a call that succeeds has no errno', () => {
  expect(getpgid(0).errno).toBeNull();
  expect(getpid()).toBe(process.pid);
  expect(closeRange(1_000_000, 1_000_010)).toEqual({ value: 0, errno: null });
});

test('errno numbers and names are those of <errno.h>', () => {
  expect(errnoName(errnoNumber('ENOTTY') ?? 0)).toBe('ENOTTY');
  expect(errnoName(99_999)).toBe('E99999');
});

test('signals have their names, real-time signals by their distance from SIGRTMIN', () => {
  expect(signalName(1)).toBe('SIGHUP');
  expect(signalName(34)).toBe('SIGRTMIN+0');
  expect(signalNumber('SIGRTMIN+3')).toBe(37);
  expect(signalNumber('SIGNOTHING')).toBeUndefined();
});

test('bit n-1 of a signal set is signal n', () => {
  const set = signalSet([1, 15, 64]);
  expect(set.length).toBe(platform.sigsetBytes);
  expect([...set.subarray(0, 8)]).toEqual([1, 0x40, 0, 0, 0, 0, 0, 0x80]);
});

test('a wait status tells an exit from a signal and from a stop', () => {
  expect(ending(3 << 8)).toEqual({ exitCode: 3, signal: null });
  expect(ending(15)).toEqual({ exitCode: null, signal: 15 });
  expect(ending(0x80 | 11)).toEqual({ exitCode: null, signal: 11 });
  expect(ending((19 << 8) | 0x7f)).toBeNull();
  expect(ending(platform.continuedStatus)).toBeNull();
});
