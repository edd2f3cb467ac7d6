/** Terminals by device number: which numbers are terminals, and the path of one. Documentation/admin-guide/devices.txt */

import { statSync } from 'node:fs';
import type { Terminal } from '../../facts/process.ts';
import { type DeviceNumber, deviceName, deviceOfStat, deviceOfTerminalNumber } from './device-number.ts';

const unix98Slaves = { first: 136, last: 143 };

// First major, first minor, path of that minor without its number. Consoles and serial lines share major 4.
const lines: readonly { readonly major: number; readonly minor: number; readonly path: string }[] = [
  { major: 4, minor: 64, path: '/dev/ttyS' },
  { major: 4, minor: 0, path: '/dev/tty' },
  { major: 166, minor: 0, path: '/dev/ttyACM' },
  { major: 188, minor: 0, path: '/dev/ttyUSB' },
  { major: 204, minor: 64, path: '/dev/ttyAMA' },
  { major: 216, minor: 0, path: '/dev/rfcomm' },
  { major: 229, minor: 0, path: '/dev/hvc' },
];

// 3 is the slaves of BSD pseudo-terminals, 5 the aliases: /dev/tty, /dev/console, call-out lines.
const terminalMajors: ReadonlySet<number> = new Set([3, 4, 5, 166, 188, 204, 216, 229]);
const ptmx: DeviceNumber = { major: 5, minor: 2 };

/**
 * Whether a character device can be a controlling terminal. A pseudo-terminal's master (5:2, or majors 2 and
 * 128-135) answers isatty(3) but cannot: it is the far end, which terminal emulators and sshd rightly hold.
 */
export function isTerminalDevice({ major, minor }: DeviceNumber): boolean {
  if (major === ptmx.major && minor === ptmx.minor) return false;
  return terminalMajors.has(major) || (major >= unix98Slaves.first && major <= unix98Slaves.last);
}

/** Where a terminal of this number is found by convention; null if there is none. */
export function conventionalPath({ major, minor }: DeviceNumber): string | null {
  if (major >= unix98Slaves.first && major <= unix98Slaves.last) {
    // Major 136 holds them all since minors have 20 bits; before, each further major held 256.
    return `/dev/pts/${(major - unix98Slaves.first) * 256 + minor}`;
  }
  if (major === 5) return minor === 0 ? '/dev/tty' : minor === 1 ? '/dev/console' : null;
  const line = lines.find((candidate) => candidate.major === major && minor >= candidate.minor);
  return line === undefined ? null : `${line.path}${minor - line.minor}`;
}

/**
 * The controlling terminal of a tty_nr field, null for 0. Its name is null unless a device node of that number is
 * at the conventional path: it may belong to a container, or have been hung up and removed.
 */
export function terminalOf(number: number): Terminal | null {
  if (number === 0) return null;
  const device = deviceOfTerminalNumber(number);
  const path = conventionalPath(device);
  return { device: deviceName(device), name: path !== null && isDeviceNode(path, device) ? path : null };
}

function isDeviceNode(path: string, device: DeviceNumber): boolean {
  try {
    const stat = statSync(path, { bigint: true });
    return stat.isCharacterDevice() && deviceName(deviceOfStat(stat.rdev)) === deviceName(device);
  } catch {
    // Whatever hides the node (ENOENT, EACCES on a directory), it is not known there.
    return false;
  }
}
