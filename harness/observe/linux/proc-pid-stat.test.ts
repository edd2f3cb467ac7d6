import { describe, expect, test } from 'vitest';
import { isUnreadable } from '../../facts/process.ts';
import { type ProcPidStat, parseProcPidStat, readProcPidStat } from './proc-pid-stat.ts';

const rest =
  ' S 401 402 403 34819 405 4194560 99 0 0 0 0 0 0 0 25 5 3 0 96753 3133440 388 18446744073709551615 1 1 0 0 0 0 0 4096 1256 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n';

const sleeping: ProcPidStat = {
  commandName: 'sleep',
  state: 'S',
  parent: 401,
  processGroup: 402,
  session: 403,
  terminal: 34819,
  foregroundProcessGroup: 405,
  kernelThread: false,
  exiting: false,
  nice: 5,
  threads: 3,
  startTime: 96753,
};

test('the fields of a sleeping process', () => {
  expect(parseProcPidStat(`402 (sleep)${rest}`)).toEqual(sleeping);
});

describe('a command name may hold anything', () => {
  test.each(['a) b (c', ') R 1 2 3 4 (', 'two\nlines', ' ', '', '((', '))', 'gr\u00fc\u00df'])(
    '%j',
    (commandName) => {
      expect(parseProcPidStat(`402 (${commandName})${rest}`)).toEqual({ ...sleeping, commandName });
    },
  );
});

test('a zombie is exiting', () => {
  const text =
    '3920 (sleep) Z 3919 3909 2748 0 -1 4227084 96 0 1 0 0 0 0 0 20 0 1 0 96779 0 0 18446744073709551615 0 0 0 0 0 0 0 6 0 1 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n';
  expect(parseProcPidStat(text)).toEqual({
    commandName: 'sleep',
    state: 'Z',
    parent: 3919,
    processGroup: 3909,
    session: 2748,
    terminal: 0,
    foregroundProcessGroup: -1,
    kernelThread: false,
    exiting: true,
    nice: 0,
    threads: 1,
    startTime: 96779,
  });
});

test('a kernel thread is known by its flag', () => {
  const text =
    '2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 0 0 0 20 0 1 0 24 0 0 18446744073709551615 0 0 0 0 0 0 0 2147483647 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n';
  expect(parseProcPidStat(text)).toMatchObject({ kernelThread: true, exiting: false, parent: 0, session: 0 });
});

test.each(['', '402', '402 (sleep', '402 (sleep) S 401', ') 402 ('])(
  'a text cut short is unreadable: %j',
  (text) => {
    expect(isUnreadable(parseProcPidStat(text))).toBe(true);
  },
);

test('an unknown state letter is unreadable', () => {
  expect(parseProcPidStat(`402 (sleep)${rest.replace('S', 'K')}`)).toEqual({
    unreadable: 'stat has the unknown state "K"',
  });
});

test('the own file can be read, one of no process is absent', () => {
  expect(readProcPidStat(`/proc/${process.pid}/stat`)).toMatchObject({
    kind: 'read',
    stat: { parent: process.ppid },
  });
  expect(readProcPidStat('/proc/0/stat')).toEqual({ kind: 'absent' });
});
