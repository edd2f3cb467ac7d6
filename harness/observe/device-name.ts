/** Device numbers as facts name them, `major:minor`, from stat(2) of the system this runs on. */

import { type BigIntStats, statSync } from 'node:fs';
import { freebsdDevice, netbsdDevice, openbsdDevice } from './bsd/device-number.ts';
import { deviceName, deviceOfStat } from './linux/device-number.ts';

export function deviceNameOn(platform: NodeJS.Platform, rdev: bigint): string {
  switch (platform) {
    case 'freebsd':
      return freebsdDevice(rdev);
    case 'openbsd':
      return openbsdDevice(rdev);
    case 'netbsd':
      return netbsdDevice(rdev);
    default:
      return deviceName(deviceOfStat(rdev));
  }
}

/** Of a device node. @throws the error of stat(2) */
export function deviceNameOf(path: string): string {
  const { rdev }: BigIntStats = statSync(path, { bigint: true });
  return deviceNameOn(process.platform, rdev);
}
