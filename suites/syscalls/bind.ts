import { existsSync } from 'node:fs';
import { must } from '../../harness/libc/library.ts';
import { AF_UNIX, bindPath, SOCK_STREAM, socket } from '../../harness/libc/sys-socket.ts';
import { umask } from '../../harness/libc/sys-stat.ts';
import { promise, type Sighting } from './run/promise.ts';
import { answered, saw } from './run/seen.ts';
import { inChild } from './scenery/child.ts';
import { modeOf } from './scenery/streams.ts';

function boundUnder(mask: number, directory: string): Sighting {
  const path = `${directory}/socket`;
  umask(mask);
  must('bind', bindPath(must('socket', socket(AF_UNIX, SOCK_STREAM)), path));
  return saw(modeOf(path), `bind() under mask 0${mask.toString(8)}`);
}

promise(
  'bind() of a path creates the socket under the mask',
  {
    id: 'bind/mask',
    clause: 'POSIX.1-2024 XSH bind(), which does not speak of the mask; unix(7)',
    rows: ['K-UM-3'],
    implementationDefined: true,
    expect: { linux: '0640' },
    supports: ['created-file-modes', 'file-mode-creation-mask'],
  },
  ({ scratch }) => boundUnder(0o137, scratch()),
);

promise(
  'bind() of a path under mask 0 lets everybody connect',
  {
    id: 'bind/mask-zero',
    clause: 'POSIX.1-2024 XSH bind(), which does not speak of the mask; unix(7)',
    rows: ['K-UM-3'],
    implementationDefined: true,
    expect: { linux: '0777' },
    supports: ['created-file-modes', 'file-mode-creation-mask'],
  },
  ({ scratch }) => boundUnder(0, scratch()),
);

promise(
  'bind() of a path that exists fails with EADDRINUSE',
  {
    id: 'bind/in-use',
    clause: 'POSIX.1-2024 XSH bind(), ERRORS [EADDRINUSE]',
    expect: 'EADDRINUSE',
    supports: ['second-start', 'termination-leftovers'],
  },
  ({ scratch }) => {
    const path = `${scratch()}/socket`;
    must('bind', bindPath(must('socket', socket(AF_UNIX, SOCK_STREAM)), path));
    return answered('bind()', bindPath(must('socket', socket(AF_UNIX, SOCK_STREAM)), path));
  },
);

promise(
  'The path of a socket stays when its last descriptor is closed',
  {
    id: 'bind/leftover',
    clause: 'POSIX.1-2024 XSH bind(); unlink() removes it',
    expect: 'stays',
    supports: ['termination-leftovers'],
  },
  ({ scratch }) => {
    const path = `${scratch()}/socket`;
    inChild(() => void bindPath(must('socket', socket(AF_UNIX, SOCK_STREAM)), path));
    return saw(existsSync(path) ? 'stays' : 'is gone', 'path after the process ended');
  },
);
