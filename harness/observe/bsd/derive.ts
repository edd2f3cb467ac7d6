/** Steps that are alike on all three systems, from what was read to a fact. */

import {
  type Descriptor,
  type DescriptorKind,
  type Fact,
  isUnreadable,
  type Parent,
  type ProcessState,
  type ResourceLimit,
  type Surroundings,
  type Terminal,
  unreadable,
  type Waiting,
} from '../../facts/process.ts';
import { parseProcPidEnviron } from '../linux/proc-pid-environ.ts';
import { type DeviceName, isTerminalPath } from './device-number.ts';
import type { Devices } from './kernel.ts';
import type { Reply } from './sysctl-reading.ts';

export function derive<T, U>(fact: Fact<T>, from: (value: T) => Fact<U>): Fact<U> {
  return isUnreadable(fact) ? fact : from(fact);
}

export function valueOr<T>(fact: Fact<T>, otherwise: T): T {
  return isUnreadable(fact) ? otherwise : (fact as T);
}

/** The bytes of a reply, or its errno as the reason. A zombie has no files and no memory to ask for. */
export function bytesOf(reply: Reply, zombie: string | null): Fact<Buffer> {
  if (zombie !== null) return unreadable(zombie);
  return reply.kind === 'bytes' ? reply.bytes : unreadable(`${reply.errno} on ${reply.name}`);
}

export function parentOf(pid: number, reaper: number | null): Parent {
  if (pid === reaper) return { pid, role: 'subreaper' };
  return { pid, role: pid === 1 ? 'init' : 'other' };
}

/**
 * `attached` is the flag the kernel sets for a controlling terminal: after a hang-up the number of the device stays
 * in the record although the terminal is gone.
 */
export function terminalOf(
  attached: boolean,
  device: bigint,
  devices: Devices,
  nameOf: DeviceName,
): Terminal | null {
  return attached ? { device: nameOf(device), name: devices.pathOf(device) } : null;
}

/**
 * How a process sleeps. That no clock ends a sleep is proven by nothing the BSDs reveal: neither the arguments of the
 * call it sleeps in nor its timers are shown.
 */
export function waitingOf(states: readonly ProcessState[]): Waiting {
  return states.every((state) => state === 'S' || state === 'D' || state === 'I') ? 'with-timeout' : 'no';
}

export interface Environment {
  readonly marker: boolean;
  readonly sessionVariables: readonly string[];
}

/** Values stay here: only whether the marker is there, and names, are handed on. */
export function environmentOf(words: readonly string[], { environmentMarker }: Surroundings): Environment {
  return parseProcPidEnviron(words.map((word) => `${word}\0`).join(''), environmentMarker);
}

/** RLIM_INFINITY of FreeBSD and NetBSD, <sys/resource.h>. */
const unlimited = 0x7fffffffffffffffn;

export function limitOf(soft: bigint, hard: bigint): ResourceLimit {
  const value = (limit: bigint) => (limit === unlimited ? 'unlimited' : Number(limit));
  return { soft: value(soft), hard: value(hard) };
}

/** A character device by its number, which is told apart only where a node of that number is known. */
export function characterDevice(
  device: bigint,
  devices: Devices,
  path: string | null,
): { readonly kind: DescriptorKind; readonly path: string } | null {
  const known = devices.pathOf(device);
  if (device === devices.nullDevice) return { kind: 'null-device', path: path ?? '/dev/null' };
  const name = known ?? (path?.startsWith('/dev/') ? path : null);
  if (name === null) return null;
  return { kind: isTerminalPath(name) ? 'terminal' : 'character-device', path: path ?? name };
}

/**
 * Without this the descriptor might be a terminal and would be taken for something else: so none of them is told.
 */
export function unknownDevice(fd: number, why: string): Fact<never> {
  return unreadable(`descriptor ${fd} is a character device, and ${why}`);
}

export function plantedAs(identity: string | null, { planted }: Surroundings): string | null {
  return identity === null ? null : (planted.get(identity) ?? null);
}

/** In the order of their numbers; the first that cannot be told makes all of them unreadable. */
export function inOrder(all: readonly Fact<Descriptor>[]): Fact<readonly Descriptor[]> {
  const descriptors: Descriptor[] = [];
  for (const one of all) {
    if (isUnreadable(one)) return one;
    descriptors.push(one as Descriptor);
  }
  return descriptors.sort((a, b) => a.fd - b.fd);
}
