import { expect, test } from 'vitest';
import { parseProcPidFdinfo } from './proc-pid-fdinfo.ts';

const plain = (flags: string) => `pos:\t0\nflags:\t${flags}\nmnt_id:\t24\nino:\t3\n`;
const timer = (value: string) =>
  `${plain('02')}clockid: 1\nticks: 0\nsettime flags: 00\nit_value: ${value}\nit_interval: (0, 0)\n`;

test.each([
  ['0100000', 'read', false],
  ['0100001', 'write', false],
  ['02', 'read-write', false],
  ['02100002', 'read-write', true],
  ['03', 'unknown', false],
  ['012000000', 'path', true],
  ['010000000', 'path', false],
] as const)('flags %s: %s, close on exec %s', (flags, access, closeOnExec) => {
  expect(parseProcPidFdinfo(plain(flags))).toEqual({
    access,
    closeOnExec,
    expiresInMs: null,
    armedTimer: false,
    signalMask: null,
  });
});

test('an empty file tells nothing', () => {
  expect(parseProcPidFdinfo('')).toEqual({
    access: 'unknown',
    closeOnExec: null,
    expiresInMs: null,
    armedTimer: false,
    signalMask: null,
  });
});

test('a timerfd is armed while it has a value', () => {
  expect(parseProcPidFdinfo(timer('(29, 999962430)')).armedTimer).toBe(true);
  expect(parseProcPidFdinfo(timer('(0, 1)')).armedTimer).toBe(true);
  expect(parseProcPidFdinfo(timer('(0, 0)')).armedTimer).toBe(false);
});

test('a timerfd that does not show its value counts as armed', () => {
  expect(parseProcPidFdinfo(timer('(0, 0)').replace(/it_value.*\n/, '')).armedTimer).toBe(true);
});

test('a signalfd shows its mask', () => {
  expect(parseProcPidFdinfo(`${plain('02')}sigmask:\t0000000000002000\n`).signalMask).toBe(
    '0000000000002000',
  );
});
