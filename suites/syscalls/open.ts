import { constants, symlinkSync } from 'node:fs';
import { O_RDWR, O_WRONLY, open } from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { platform } from '../../harness/libc/platform.ts';
import { measured } from './run/measured.ts';
import { promise } from './run/promise.ts';
import { answered, either } from './run/seen.ts';
import { closesOnExec } from './scenery/streams.ts';

const { O_CREAT, O_EXCL, O_NOFOLLOW } = constants;

promise(
  'open() with O_CLOEXEC sets FD_CLOEXEC, and without it does not',
  {
    id: 'open/cloexec',
    clause: 'POSIX.1-2024 XSH open(), O_CLOEXEC',
    expect: 'set and not set',
    supports: ['inherited-descriptors'],
  },
  () =>
    either(
      closesOnExec(must('open', open('/dev/null', O_RDWR | platform.O_CLOEXEC))) &&
        !closesOnExec(must('open', open('/dev/null', O_RDWR))),
      'set and not set',
      'otherwise',
      'flags of both',
    ),
);

promise(
  'open() with O_CREAT and O_EXCL fails with EEXIST, for a symbolic link that leads nowhere as well',
  {
    id: 'open/excl',
    clause: 'POSIX.1-2024 XSH open(), O_EXCL',
    expect: 'EEXIST',
    supports: ['planted-pidfile', 'concurrent-start'],
  },
  ({ scratch }) => {
    const path = `${scratch()}/pidfile`;
    symlinkSync('/no/such/file', path);
    return answered('open(O_CREAT | O_EXCL)', open(path, O_WRONLY | O_CREAT | O_EXCL, 0o644));
  },
);

promise(
  'open() with O_NOFOLLOW of a symbolic link fails with ELOOP',
  {
    id: 'open/nofollow',
    clause: 'POSIX.1-2024 XSH open(), O_NOFOLLOW, ERRORS [ELOOP]',
    expect: {
      linux: 'ELOOP',
      freebsd: { kind: 'EMLINK', source: 'open(2) of FreeBSD, ERRORS [EMLINK]; measured on FreeBSD 13.2' },
      openbsd: 'ELOOP',
      netbsd: { kind: 'EFTYPE', source: 'open(2) of NetBSD, ERRORS [EFTYPE]' },
      darwin: 'ELOOP',
    },
    standard: 'ELOOP',
    supports: ['planted-pidfile'],
  },
  ({ scratch }) => {
    const path = `${scratch()}/pidfile`;
    symlinkSync('target', path);
    return answered('open(O_NOFOLLOW)', open(path, O_WRONLY | O_CREAT | O_NOFOLLOW, 0o644));
  },
);

promise(
  'open() of /dev/tty without a controlling terminal fails with ENXIO',
  {
    id: 'open/dev-tty',
    clause: 'POSIX.1-2024 XSH open(), ERRORS [ENXIO]; XBD 10.1',
    expect: { linux: 'ENXIO', ...measured('open() of /dev/tty without a controlling terminal') },
    supports: ['controlling-terminal'],
  },
  () => answered('open("/dev/tty")', open('/dev/tty', O_RDWR)),
);
