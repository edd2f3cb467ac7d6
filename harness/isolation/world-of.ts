/** What of its world a launched process has for itself. It is read from a canary, as everything of a start is. */

import { readFileSync, readlinkSync, statSync } from 'node:fs';
import type { OwnWorld } from '../facts/run.ts';

export const nothingOfItsOwn: OwnWorld = { processIds: false, files: false, network: false, ipc: false };

export function hasAllOfItsOwn(world: OwnWorld): boolean {
  return Object.values(world).every(Boolean);
}

/** namespaces(7): the link names the namespace. */
function isOwn(pid: number, name: 'pid' | 'mnt' | 'net' | 'ipc'): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/${name}`) !== readlinkSync(`/proc/self/ns/${name}`);
  } catch {
    return false;
  }
}

/** Directories in which programs write. */
const written = ['/etc', '/home', '/root', '/run', '/srv', '/tmp', '/usr', '/var'];

function deviceOf(path: string): number | null {
  try {
    return statSync(path).dev;
  } catch {
    return null;
  }
}

/**
 * Whether each of them that is there outside is on another file system inside, or missing. One that nobody may write to
 * need not be.
 */
function hasOwnFiles(pid: number): boolean {
  return written.every((directory) => {
    const outside = deviceOf(directory);
    return (
      outside === null || outside !== deviceOf(`/proc/${pid}/root${directory}`) || isReadOnly(pid, directory)
    );
  });
}

function isReadOnly(pid: number, directory: string): boolean {
  try {
    const line = readFileSync(`/proc/${pid}/mountinfo`, 'latin1')
      .split('\n')
      .findLast((one) => one.split(' ')[4] === directory || one.split(' ')[4] === '/');
    return line?.split(' ')[5]?.split(',').includes('ro') === true;
  } catch {
    return false;
  }
}

/** Whether the loopback interface is up: while it is down no route has its address. */
function hasLoopback(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/net/fib_trie`, 'latin1').includes('127.0.0.1');
  } catch {
    return false;
  }
}

export function worldOf(pid: number): OwnWorld {
  return {
    processIds: isOwn(pid, 'pid'),
    files: isOwn(pid, 'mnt') && hasOwnFiles(pid),
    network: isOwn(pid, 'net') && hasLoopback(pid),
    ipc: isOwn(pid, 'ipc'),
  };
}
