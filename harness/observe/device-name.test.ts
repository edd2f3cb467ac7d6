import { expect, test } from 'vitest';
import { deviceNameOf, deviceNameOn } from './device-name.ts';

test('a device number is read in the encoding of its system', () => {
  // /dev/null of the captured OpenBSD 7.3 and NetBSD 10, and a terminal of the captured FreeBSD 12.2.
  expect(deviceNameOn('openbsd', 0x202n)).toBe('2:2');
  expect(deviceNameOn('netbsd', 0x202n)).toBe('2:2');
  expect(deviceNameOn('freebsd', 0x29n)).toBe('0:41');
  expect(deviceNameOn('linux', 0x8803n)).toBe('136:3');
});

test.skipIf(process.platform !== 'linux')('the null device of Linux is 1:3', () => {
  expect(deviceNameOf('/dev/null')).toBe('1:3');
});
