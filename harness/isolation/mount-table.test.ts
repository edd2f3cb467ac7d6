import { expect, test } from 'vitest';
import { type Mount, mountTable } from './mount-table.ts';

function paths(mount: Mount | null): unknown {
  return mount === null ? null : { [`${mount.path} ${mount.type}`]: mount.below.map(paths) };
}

test('a mount stands below the one it is mounted in', () => {
  const text = [
    '21 28 0:20 / /proc rw,nosuid,nodev,noexec,relatime shared:12 - proc proc rw,hidepid=invisible',
    '22 28 0:21 / /sys rw,relatime - sysfs sysfs rw',
    '28 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard',
    '30 28 0:22 / /run rw,nosuid - tmpfs tmpfs rw,size=1g',
    '31 30 0:23 / /run/lock ro,nosuid - tmpfs tmpfs rw',
    '',
  ].join('\n');
  expect(paths(mountTable(text))).toEqual({
    '/ ext4': [{ '/proc proc': [] }, { '/sys sysfs': [] }, { '/run tmpfs': [{ '/run/lock tmpfs': [] }] }],
  });
  expect(mountTable(text)?.below[0]).toMatchObject({
    options: 'rw,hidepid=invisible',
    readOnly: false,
    flags: ['rw', 'nosuid', 'nodev', 'noexec', 'relatime'],
  });
  expect(mountTable(text)?.below[2]?.below[0]?.readOnly).toBe(true);
});

test('what another mount hides is left out', () => {
  const text = [
    '1 0 0:1 / / rw - rootfs rootfs rw',
    '28 1 254:0 / / rw - ext4 /dev/vda rw',
    '40 28 0:30 / /dev/pts rw - devpts devpts rw',
    '41 40 0:30 / /dev/pts rw - devpts again rw',
    '50 28 0:40 / /srv/data rw - tmpfs one rw',
    '51 28 0:41 / /srv rw - tmpfs two rw',
  ].join('\n');
  expect(paths(mountTable(text))).toEqual({ '/ ext4': [{ '/dev/pts devpts': [] }, { '/srv tmpfs': [] }] });
});

test('a path may hold spaces and backslashes', () => {
  const text = String.raw`28 1 254:0 / / rw - ext4 /dev/vda rw
29 28 0:9 / /mnt/a\040b\134c ro,relatime master:3 propagate_from:2 - fuse.x y rw`;
  expect(paths(mountTable(text))).toEqual({ '/ ext4': [{ '/mnt/a b\\c fuse.x': [] }] });
});

test('a text without a root is no table', () => {
  expect(mountTable('')).toBeNull();
  expect(mountTable('29 28 0:9 / /mnt rw - tmpfs t rw')).toBeNull();
});
