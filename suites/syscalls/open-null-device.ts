import { statSync } from 'node:fs';
import { O_RDWR, open } from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { read, write } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { either, saw } from './run/seen.ts';

promise(
  'Reading from /dev/null gives end of file',
  {
    id: 'open-null-device/read',
    clause: 'POSIX.1-2024 XBD 10.1 Directory Structure and Files, /dev/null',
    rows: ['K-FD-5'],
    expect: 'end of file',
    supports: ['standard-streams'],
  },
  () => {
    const fd = must('open', open('/dev/null', O_RDWR));
    return either(read(fd, Buffer.alloc(8)).value === 0, 'end of file', 'data', 'read()');
  },
);

promise(
  '/dev/null swallows what is written',
  {
    id: 'open-null-device/write',
    clause: 'POSIX.1-2024 XBD 10.1 Directory Structure and Files, /dev/null',
    rows: ['K-FD-5'],
    expect: 'swallowed',
    supports: ['standard-streams'],
  },
  () => {
    const fd = must('open', open('/dev/null', O_RDWR));
    return either(
      write(fd, Buffer.from('text')).value === 4 && read(fd, Buffer.alloc(8)).value === 0,
      'swallowed',
      'kept',
      'write() of 4 bytes, then read()',
    );
  },
);

promise(
  '/dev/null is a character device',
  {
    id: 'open-null-device/device',
    clause: 'POSIX.1-2024 XBD 10.1; null(4)',
    rows: ['K-FD-5'],
    implementationDefined: true,
    expect: { linux: 'character device 1:3' },
    supports: ['standard-streams'],
  },
  () => {
    const { rdev, mode } = statSync('/dev/null');
    return saw(
      `${(mode & 0o170000) === 0o020000 ? 'character device' : 'something else'} ${(rdev >> 8) & 0xfff}:${rdev & 0xff}`,
      'stat("/dev/null")',
    );
  },
);
