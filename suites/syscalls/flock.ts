import { constants } from 'node:fs';
import { O_RDWR, open } from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { flock, LOCK_EX, LOCK_NB, LOCK_UN } from '../../harness/libc/sys-file.ts';
import { close, dup } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { answered, either } from './run/seen.ts';
import { inChild } from './scenery/child.ts';
import { survives } from './scenery/lock-after-parent.ts';

const { O_CREAT } = constants;

promise(
  'A lock of flock() is shared with the child and survives its parent',
  {
    id: 'flock/fork',
    clause: 'flock(2): the lock belongs to the open file description',
    rows: ['K-FORK-4'],
    expect: 'survives',
    supports: ['inherited-lock', 'second-start'],
  },
  ({ scratch }) =>
    survives(
      scratch(),
      (fd) => must('flock', flock(fd, LOCK_EX)),
      (fd) => flock(fd, LOCK_EX | LOCK_NB),
    ),
);

promise(
  'A second flock() of a locked file fails with EWOULDBLOCK',
  {
    id: 'flock/would-block',
    clause: 'flock(2), ERRORS EWOULDBLOCK',
    expect: 'EAGAIN',
    supports: ['second-start', 'pidfile'],
  },
  ({ scratch }) => {
    const path = `${scratch()}/lock`;
    must('flock', flock(must('open', open(path, O_RDWR | O_CREAT, 0o600)), LOCK_EX));
    return answered('flock(LOCK_NB)', flock(must('open', open(path, O_RDWR)), LOCK_EX | LOCK_NB));
  },
);

promise(
  'LOCK_UN in the child takes the lock from its parent',
  { id: 'flock/unlock', clause: 'flock(2)', expect: 'taken', supports: ['inherited-lock'] },
  ({ scratch }) => {
    const path = `${scratch()}/lock`;
    const fd = must('open', open(path, O_RDWR | O_CREAT, 0o600));
    must('flock', flock(fd, LOCK_EX));
    inChild(() => void flock(fd, LOCK_UN));
    return either(
      flock(must('open', open(path, O_RDWR)), LOCK_EX | LOCK_NB).errno === null,
      'taken',
      'kept',
      'flock() through another description',
    );
  },
);

promise(
  'close() of one copy keeps a lock of flock()',
  { id: 'flock/close', clause: 'flock(2)', expect: 'kept', supports: ['inherited-lock'] },
  ({ scratch }) => {
    const path = `${scratch()}/lock`;
    const fd = must('open', open(path, O_RDWR | O_CREAT, 0o600));
    must('flock', flock(fd, LOCK_EX));
    close(must('dup', dup(fd)));
    return either(
      flock(must('open', open(path, O_RDWR)), LOCK_EX | LOCK_NB).errno === 'EAGAIN',
      'kept',
      'lost',
      'flock() through another description',
    );
  },
);
