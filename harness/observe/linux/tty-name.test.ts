import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { conventionalPath, isTerminalDevice, terminalOf } from './tty-name.ts';

test.each([
  [136, 3, '/dev/pts/3'],
  [136, 1000, '/dev/pts/1000'],
  [137, 1, '/dev/pts/257'],
  [4, 1, '/dev/tty1'],
  [4, 63, '/dev/tty63'],
  [4, 64, '/dev/ttyS0'],
  [4, 66, '/dev/ttyS2'],
  [5, 1, '/dev/console'],
  [204, 64, '/dev/ttyAMA0'],
  [229, 0, '/dev/hvc0'],
  [204, 5, null],
  [1, 3, null],
])('device %i:%i is by convention %s', (major, minor, path) => {
  expect(conventionalPath({ major, minor })).toBe(path);
});

test.each([
  ['pseudo-terminal slave', 136, 0, true],
  ['virtual console', 4, 1, true],
  ['/dev/tty', 5, 0, true],
  ['/dev/console', 5, 1, true],
  ['pseudo-terminal master', 5, 2, false],
  ['old pseudo-terminal master', 128, 0, false],
  ['null device', 1, 3, false],
  ['random device', 1, 8, false],
])('%s, %i:%i: terminal %s', (_, major, minor, expected) => {
  expect(isTerminalDevice({ major, minor })).toBe(expected);
});

test('number 0 is no terminal', () => {
  expect(terminalOf(0)).toBeNull();
});

test('a terminal without a node here has a device and no name', () => {
  expect(terminalOf((136 << 8) | 0xff | (0xfff << 20))).toEqual({ device: '136:1048575', name: null });
});

test.skipIf(!isCharacterDevice('/dev/tty0'))(
  'a terminal whose node is here has both (needs /dev/tty0)',
  () => {
    expect(terminalOf(4 << 8)).toEqual({ device: '4:0', name: '/dev/tty0' });
  },
);

function isCharacterDevice(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isCharacterDevice() ?? false;
}
