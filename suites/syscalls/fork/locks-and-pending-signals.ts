import { F_GETLK, F_WRLCK, lock } from '../../../harness/libc/fcntl.ts';
import { must } from '../../../harness/libc/library.ts';
import {
  semaphore,
  semaphoreAddUndo,
  semaphoreRemove,
  semaphoreValue,
} from '../../../harness/libc/sys-sem.ts';
import { getpid } from '../../../harness/libc/unistd.ts';
import { promise } from '../run/promise.ts';
import { allOf, either } from '../run/seen.ts';
import { inChild, start } from '../scenery/child.ts';
import { lockedFile } from '../scenery/locked-file.ts';
import { block, pending, send } from '../scenery/signals.ts';

promise(
  'Adjustments of semaphores are not inherited',
  {
    id: 'fork/semadj',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: semadj values are cleared',
    expect: 'cleared',
  },
  () => {
    const id = must('semget', semaphore());
    must('semop', semaphoreAddUndo(id, 3));
    start(() => {}).ended();
    const { value } = semaphoreValue(id);
    semaphoreRemove(id);
    return either(value === 3, 'cleared', 'inherited', `value ${value} after the child ended`);
  },
);

promise(
  'Record locks are not inherited',
  {
    id: 'fork/record-locks',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION',
    rows: ['K-FORK-3'],
    expect: 'not inherited',
    supports: ['inherited-lock', 'pidfile'],
  },
  ({ scratch }) => {
    const fd = lockedFile(scratch());
    const holder = inChild(() => lock(fd, F_GETLK, F_WRLCK).holder);
    return either(holder === getpid(), 'not inherited', 'inherited', `in the child, F_GETLK finds ${holder}`);
  },
);

promise(
  'The child begins without pending signals',
  {
    id: 'fork/pending',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION',
    rows: ['K-FORK-1'],
    expect: 'nothing',
    supports: ['pending-signals'],
  },
  () => {
    block('SIGUSR1');
    send(getpid(), 'SIGUSR1');
    const seen = inChild(() => pending());
    return allOf(seen, 'pending in the child', { 'the parent keeps it': pending() === 'SIGUSR1' });
  },
);
