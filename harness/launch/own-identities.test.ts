import { closeSync, fstatSync, openSync } from 'node:fs';
import { expect, test } from 'vitest';
import { identitiesIn, ownIdentities } from './own-identities.ts';

test('an identity is the one the observer shows of the descriptor', () => {
  const descriptors = [
    { fd: 4, identity: 'pipe:fffff80003a51000' },
    { fd: 5, identity: null },
  ];
  expect(identitiesIn(descriptors, [4, 5, 6])).toEqual([
    'pipe:fffff80003a51000',
    'not revealed: 5',
    'not revealed: 6',
  ]);
  expect(identitiesIn({ unreadable: 'EPERM' }, [4])).toEqual(['not revealed: 4']);
});

test.skipIf(process.platform !== 'linux')('on Linux it is device and inode', () => {
  const fd = openSync(__filename, 'r');
  const { dev, ino } = fstatSync(fd, { bigint: true });
  expect(ownIdentities([fd])).toEqual([`${dev}:${ino}`]);
  closeSync(fd);
});
