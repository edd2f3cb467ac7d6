/** What an observer asks of a running BSD. Everything else is decided from the answers alone. */

import { type BigIntStats, closeSync, constants, openSync, readlinkSync, statSync } from 'node:fs';
import { release, type } from 'node:os';
import {
  bindDevname,
  bindSysctl,
  type Devname,
  type DevnameSystem,
  type Functions,
  type Sysctl,
} from '../../libc/bsd/sys-sysctl.ts';

/** Device numbers are no constants on the BSDs: what one means is asked of the running system. */
export interface Devices {
  /** Number of /dev/null; null if it cannot be read. */
  readonly nullDevice: bigint | null;
  /** Path of the character device of that number, if there is a node of it; else null. */
  pathOf(device: bigint): string | null;
}

/** What stat(2) says of an object. */
export interface Identity {
  readonly device: bigint;
  readonly inode: bigint;
}

/** A descriptor as a mounted procfs shows it. */
export interface ProcfsDescriptor {
  readonly characterDevice: boolean;
  readonly rdev: bigint;
}

export interface Files {
  identityOf(path: string): Identity | null;
  /** NetBSD, mount_procfs(8): null unless procfs is mounted on /proc and lets itself be read. */
  procfsDescriptor(pid: number, fd: number): ProcfsDescriptor | null;
  procfsRoot(pid: number): string | null;
  /** Runs `use` with /dev/null open; with null if it cannot be opened. */
  withNullDevice<T>(use: (fd: number | null) => T): T;
}

export interface Kernel {
  /** `FreeBSD 14.2-RELEASE` */
  readonly release: string;
  readonly sysctl: Sysctl;
  readonly devices: Devices;
  readonly files: Files;
}

/** The system this process runs on. */
export function runningKernel(functions: Functions, system: DevnameSystem): Kernel {
  return {
    release: `${type()} ${release()}`,
    sysctl: bindSysctl(functions),
    devices: devicesOf(bindDevname(functions, system)),
    files,
  };
}

/** devname(3) may answer from an old database, or invent a name: only a node of that number proves one. */
export function devicesOf(devname: Devname): Devices {
  return {
    nullDevice: statOrNull('/dev/null')?.rdev ?? null,
    pathOf(device) {
      const name = devname(device);
      if (name === null) return null;
      const path = `/dev/${name}`;
      const stat = statOrNull(path);
      return stat?.isCharacterDevice() && stat.rdev === device ? path : null;
    },
  };
}

function statOrNull(path: string): BigIntStats | null {
  try {
    return statSync(path, { bigint: true });
  } catch {
    // Whatever hides it, nothing is known of it.
    return null;
  }
}

export const files: Files = {
  identityOf(path) {
    const stat = statOrNull(path);
    return stat === null ? null : { device: stat.dev, inode: stat.ino };
  },
  procfsDescriptor(pid, fd) {
    const stat = statOrNull(`/proc/${pid}/fd/${fd}`);
    return stat === null ? null : { characterDevice: stat.isCharacterDevice(), rdev: stat.rdev };
  },
  procfsRoot(pid) {
    try {
      return readlinkSync(`/proc/${pid}/root`);
    } catch {
      // Not mounted, or not readable: then the fact says what would help.
      return null;
    }
  },
  withNullDevice(use) {
    let fd: number;
    try {
      fd = openSync('/dev/null', constants.O_RDWR | constants.O_NOCTTY);
    } catch {
      return use(null);
    }
    try {
      return use(fd);
    } finally {
      closeSync(fd);
    }
  },
};
