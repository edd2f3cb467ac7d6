/** Names that processes hold, and that others cannot have meanwhile: sockets, ports, shared memory, mounts. */

import { readdirSync, readlinkSync } from 'node:fs';
import { isUnreadable } from '../../facts/process.ts';
import { reading, textOf } from './reading.ts';

export interface HeldPort {
  readonly inode: string;
  /** `tcp 8080` */
  readonly name: string;
}

export interface HeldNames {
  /** Paths. */
  readonly sockets: readonly string[];
  readonly ports: readonly HeldPort[];
  /** Paths below /dev/shm. */
  readonly sharedMemory: readonly string[];
  /** One of them is the server of a file system, fuse(4). */
  readonly servesFiles: boolean;
}

function linesOf(path: string): readonly string[] {
  const text = reading(path, textOf);
  return isUnreadable(text) ? [] : text.split('\n');
}

/** One with another root names its paths from there. */
function targetsOf(pid: number): readonly string[] {
  const root = reading(`/proc/${pid}/root`, (path) => readlinkSync(path));
  const names = reading(`/proc/${pid}/fd`, (path) => readdirSync(path));
  if (root !== '/' || isUnreadable(names)) return [];
  return names.flatMap((name) => {
    const target = reading(`/proc/${pid}/fd/${name}`, (path) => readlinkSync(path));
    return isUnreadable(target) ? [] : [target];
  });
}

/** The last field of /proc/PID/maps, proc_pid_maps(5). */
function mappedOf(pid: number): readonly string[] {
  return linesOf(`/proc/${pid}/maps`).flatMap((line) => line.match(/ (\/dev\/shm\/.*)$/)?.[1] ?? []);
}

const isShared = (path: string): boolean => path.startsWith('/dev/shm/') && !path.endsWith(' (deleted)');

/** /proc/net/unix, proc_net(5): Num RefCount Protocol Flags Type St Inode Path. */
function boundSockets(inodes: ReadonlySet<string>): readonly string[] {
  if (inodes.size === 0) return [];
  return linesOf('/proc/net/unix').flatMap((line) => {
    const [, inode = '', path = ''] = /^\S+ \S+ \S+ \S+ \S+ \S+ +(\d+) (\/.*)$/.exec(line) ?? [];
    return inodes.has(inode) ? [path] : [];
  });
}

/** TCP_LISTEN, and what UDP has in its place, <net/tcp_states.h>. */
const bound = { tcp: '0A', tcp6: '0A', udp: '07', udp6: '07' } as const;

/**
 * Ports on which one of the sockets listens, by the inode: another of the same port may be anybody's. The kernel goes
 * through its whole table of connections for each reading, milliseconds where memory is large.
 */
export function heldPorts(inodes: ReadonlySet<string>): readonly HeldPort[] {
  if (inodes.size === 0) return [];
  return Object.entries(bound).flatMap(([protocol, listening]) =>
    linesOf(`/proc/net/${protocol}`).flatMap((line) => {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
      if (state !== listening || !inodes.has(inode)) return [];
      const port = Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16);
      return [{ inode, name: `${protocol.slice(0, 3)} ${port}` }];
    }),
  );
}

export function heldNames(pids: readonly number[]): HeldNames {
  const targets = pids.flatMap(targetsOf);
  const inodes = new Set(targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []));
  const shared = [...targets, ...pids.flatMap(mappedOf)].filter(isShared);
  return {
    sockets: boundSockets(inodes),
    ports: heldPorts(inodes),
    sharedMemory: [...new Set(shared)],
    servesFiles: targets.includes('/dev/fuse'),
  };
}

/** Whether a process has a socket bound to that path. */
export function isBound(path: string): boolean {
  return linesOf('/proc/net/unix').some((line) => line.endsWith(` ${path}`));
}

/** What this process has mounted, as /proc/PID/mountinfo tells it; empty where that cannot be read. */
export function mountinfoHere(): string {
  return linesOf('/proc/self/mountinfo').join('\n');
}
