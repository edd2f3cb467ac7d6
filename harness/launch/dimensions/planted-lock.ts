import { F_SETLK, F_WRLCK, lock } from '../../libc/fcntl.ts';
import { textOf } from '../../observe/linux/reading.ts';
import { lockedBytes, plantedDescriptors } from '../protocol.ts';
import type { CanarySighting, Dimension, Look } from './dimension.ts';

const locked = plantedDescriptors[0];

/** Locks on an open file stand in its fdinfo, proc_pid_fdinfo(5). */
function lockSeen(pid: number): CanarySighting {
  const path = `/proc/${pid}/fdinfo/${locked.fd}`;
  try {
    const line = textOf(path)
      .split('\n')
      .find((one) => one.startsWith('lock:') && one.includes('FLOCK'));
    return line === undefined ? { because: `no lock in ${path}` } : { seen: line.replace(/\s+/g, ' ') };
  } catch (error) {
    return { because: `${(error as NodeJS.ErrnoException).code ?? error} on ${path}` };
  }
}

/** Where no file tells of locks: another open file description of the stage cannot have it. */
async function lockTried(act: Look['act']): Promise<CanarySighting> {
  const { errno, held } = await act({ kind: 'relock' });
  return held.includes('flock')
    ? { seen: 'flock(2) by another is refused' }
    : { because: errno ?? 'flock(2) by another is not refused' };
}

export const plantedLock: Dimension = {
  // A lock of the process itself, that exec() keeps and fork() does not hand on; those of the file came with it.
  apply({ start }) {
    if (start.plantDescriptors) lock(locked.fd, F_SETLK, F_WRLCK, lockedBytes.fcntl);
  },
  needsFork: (start) => start.plantDescriptors,
  show({ facts, start, act }) {
    if (!start.plantDescriptors) return null;
    return process.platform === 'linux' ? lockSeen(facts.pid) : lockTried(act);
  },
};
