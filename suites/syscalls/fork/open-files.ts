import { constants, existsSync, writeFileSync } from 'node:fs';
import { opendir, readdir } from '../../../harness/libc/dirent.ts';
import { O_RDWR, open } from '../../../harness/libc/fcntl.ts';
import { must } from '../../../harness/libc/library.ts';
import { catgets, catopen } from '../../../harness/libc/nl-types.ts';
import { mkdir } from '../../../harness/libc/sys-stat.ts';
import { close, lseek, write } from '../../../harness/libc/unistd.ts';
import { promise } from '../run/promise.ts';
import { either, saw, unsupported } from '../run/seen.ts';
import { inChild } from '../scenery/child.ts';
import { execute } from '../scenery/execute.ts';
import { isOpen } from '../scenery/streams.ts';

const { O_CREAT } = constants;

promise(
  'The child shares open file descriptions, offset included',
  {
    id: 'fork/descriptors',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION',
    expect: 'shared',
    supports: ['inherited-descriptors'],
  },
  ({ scratch }) => {
    const fd = must('open', open(`${scratch()}/file`, O_RDWR | O_CREAT, 0o600));
    inChild(() => void write(fd, Buffer.from('12345')));
    const { value } = lseek(fd, 0, 1);
    return either(value === 5, 'shared', 'separate', `offset ${value} after the child wrote 5 bytes`);
  },
);

promise(
  'Closing a descriptor in the child leaves it open in the parent',
  {
    id: 'fork/close',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: its own copy of the descriptors',
    expect: 'open',
    supports: ['inherited-descriptors'],
  },
  () => {
    inChild(() => void close(0));
    return saw(isOpen(0) ? 'open' : 'closed', 'descriptor 0 of the parent');
  },
);

promise(
  'The child inherits open directory streams',
  { id: 'fork/directory-streams', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'inherited' },
  ({ scratch }) => {
    const stream = opendir(scratch());
    if (stream === 0) throw new Error('opendir() failed');
    return either(
      inChild(() => readdir(stream)),
      'inherited',
      'not inherited',
      'readdir() in the child',
    );
  },
);

promise(
  'Whether parent and child share the position of a directory stream',
  {
    id: 'fork/directory-position',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: may be shared',
    implementationDefined: true,
    expect: { linux: 'separate once read' },
  },
  ({ scratch }) => {
    const directory = scratch();
    mkdir(`${directory}/one`, 0o700);
    const stream = opendir(directory);
    readdir(stream);
    inChild(() => {
      while (readdir(stream));
    });
    return saw(
      readdir(stream) ? 'separate once read' : 'shared',
      'readdir() in the parent after the child came to the end',
    );
  },
);

promise(
  'The child has a copy of the message catalogue descriptors',
  { id: 'fork/message-catalogues', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'inherited' },
  ({ scratch }) => {
    const [source, catalogue] = [`${scratch()}/messages`, `${scratch()}/messages.cat`];
    writeFileSync(source, '$set 1\n1 found\n');
    if (!existsSync('/usr/bin/gencat')) return unsupported('no gencat to make a message catalogue with');
    execute('/usr/bin/gencat', [catalogue, source]);
    const descriptor = catopen(catalogue);
    const text = inChild(() => catgets(descriptor, 1, 1, 'lost'));
    return either(text === 'found', 'inherited', 'not inherited', `catgets() in the child: ${text}`);
  },
);
