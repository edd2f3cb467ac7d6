/** <sys/sem.h>, XSI. */

import { type CallResult, libc, returned } from './library.ts';
import { platform } from './platform.ts';

const c = {
  semget: libc.func('int semget(int key, int count, int flags)'),
  semop: libc.func('int semop(int id, const void *operations, size_t count)'),
  semctl: libc.func('int semctl(int id, int number, int command, ...)'),
};

const IPC_PRIVATE = 0;
/** <sys/sem.h> and <sys/ipc.h>, the same numbers everywhere. */
const SEM_UNDO = 0x1000;
const IPC_RMID = 0;

/** POSIX.1-2024 XSH semget() of one fresh semaphore. */
export const semaphore = (): CallResult => returned(c.semget(IPC_PRIVATE, 1, 0o600));

/** POSIX.1-2024 XSH semop() with SEM_UNDO: the change is taken back when the process ends. */
export function semaphoreAddUndo(id: number, change: number): CallResult {
  const operation = Buffer.alloc(6);
  operation.writeInt16LE(change, 2);
  operation.writeInt16LE(SEM_UNDO, 4);
  return returned(c.semop(id, operation, 1));
}

/** POSIX.1-2024 XSH semctl(GETVAL). */
export const semaphoreValue = (id: number): CallResult => returned(c.semctl(id, 0, platform.GETVAL));
/** POSIX.1-2024 XSH semctl(IPC_RMID). */
export const semaphoreRemove = (id: number): CallResult => returned(c.semctl(id, 0, IPC_RMID));
