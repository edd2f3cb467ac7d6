import { expect, test } from 'vitest';
import { deviceName, deviceOfStat, deviceOfTerminalNumber, terminalNumber } from './device-number.ts';

test.each([
  [259n, '1:3'],
  [34816n, '136:0'],
  [0x108800n, '136:256'],
  [0xfff_fff0_88ffn, '136:4294967295'],
  [0x1000_0000_0100n, '4097:0'],
])('rdev %s is device %s', (rdev, name) => {
  expect(deviceName(deviceOfStat(rdev))).toBe(name);
});

test.each([
  [34819, '136:3'],
  [1025, '4:1'],
  [1088, '4:64'],
  [0x108801, '136:257'],
  [-8353537, '136:1046783'],
])('tty_nr %i is device %s, and back', (number, name) => {
  const device = deviceOfTerminalNumber(number);
  expect(deviceName(device)).toBe(name);
  expect(terminalNumber(device)).toBe(number);
});
