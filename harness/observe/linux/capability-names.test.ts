import { expect, test } from 'vitest';
import { capabilityNames, capabilitySet } from './capability-names.ts';

test('an empty set holds nothing', () => {
  expect(capabilityNames('0000000000000000')).toEqual([]);
});

test('names on both sides of bit 32', () => {
  expect(capabilityNames('0000010180001001')).toEqual([
    'CAP_CHOWN',
    'CAP_NET_ADMIN',
    'CAP_SETFCAP',
    'CAP_MAC_OVERRIDE',
    'CAP_CHECKPOINT_RESTORE',
  ]);
});

test('one newer than the list goes by its number', () => {
  expect(capabilityNames('0000020000000000')).toEqual(['CAP_41']);
});

test('names lead back to the set', () => {
  const set = '000003fffeffffff';
  expect(capabilitySet(capabilityNames(set))).toBe(set);
});
