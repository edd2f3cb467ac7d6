/** Device numbers in the two encodings Linux shows them in. */

export interface DeviceNumber {
  readonly major: number;
  readonly minor: number;
}

/** From stat(2) as the C library encodes it: 32 bits each, in halves of 12 and 20, 8 and 24. makedev(3) */
export function deviceOfStat(rdev: bigint): DeviceNumber {
  return {
    major: Number(((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & 0xfffff000n)),
    minor: Number((rdev & 0xffn) | ((rdev >> 12n) & 0xffffff00n)),
  };
}

/**
 * From tty_nr of /proc/PID/stat: minor in bits 31-20 and 7-0, major in bits 19-8 (new_encode_dev(),
 * linux/kdev_t.h). It is printed signed.
 */
export function deviceOfTerminalNumber(number: number): DeviceNumber {
  const bits = number >>> 0;
  return { major: (bits >>> 8) & 0xfff, minor: (bits & 0xff) | ((bits >>> 12) & 0xfff00) };
}

/** The tty_nr that /proc/PID/stat prints for this device. */
export function terminalNumber({ major, minor }: DeviceNumber): number {
  return (minor & 0xff) | (major << 8) | ((minor & 0xfff00) << 12);
}

export function deviceName({ major, minor }: DeviceNumber): string {
  return `${major}:${minor}`;
}
