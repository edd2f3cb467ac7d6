import { revoke } from '../../harness/libc/bsd/revoke.ts';
import { must } from '../../harness/libc/library.ts';
import { read, write } from '../../harness/libc/unistd.ts';
import { measured } from './run/measured.ts';
import { promise, type Sighting } from './run/promise.ts';
import { saw, unsupported } from './run/seen.ts';
import { freshTerminal, openQuietly } from './scenery/terminal.ts';

/** What a descriptor of the terminal still does once the terminal has been revoked. */
function afterRevoke(use: (slave: number) => string): Sighting {
  const terminal = freshTerminal();
  const slave = openQuietly(terminal);
  const revoked = revoke(terminal.path);
  if (revoked.errno === 'ENOSYS') return unsupported('no revoke() here');
  must('revoke', revoked);
  return saw(use(slave), 'after revoke()');
}

promise(
  'After revoke() reading from the terminal gives end of file',
  {
    id: 'revoke/read',
    clause: 'revoke(2), DESCRIPTION',
    expect: {
      linux: 'unsupported',
      ...measured('read() from a terminal that was revoked', { 0: 'end of file' }),
    },
    supports: ['terminal-descriptors'],
  },
  () =>
    afterRevoke((slave) => {
      const { value, errno } = read(slave, Buffer.alloc(8));
      return errno ?? (value === 0 ? 'end of file' : `${value} bytes`);
    }),
);

promise(
  'After revoke() writing to the terminal fails',
  {
    id: 'revoke/write',
    clause: 'revoke(2), DESCRIPTION',
    expect: { linux: 'unsupported', ...measured('write() to a terminal that was revoked') },
    supports: ['terminal-descriptors', 'output-after-hangup'],
  },
  () => afterRevoke((slave) => write(slave, Buffer.from('x')).errno ?? 'succeeds'),
);
