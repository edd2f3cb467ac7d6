import { must } from '../../../harness/libc/library.ts';
import { platform } from '../../../harness/libc/platform.ts';
import { disposition, harmlessHandler, SIG_IGN } from '../../../harness/libc/signal.ts';
import { getrlimit, setrlimit } from '../../../harness/libc/sys-resource.ts';
import { umask } from '../../../harness/libc/sys-stat.ts';
import { chdir, getcwd, getpgrp, getpid, getsid } from '../../../harness/libc/unistd.ts';
import { promise } from '../run/promise.ts';
import { either } from '../run/seen.ts';
import { inChild } from '../scenery/child.ts';
import { block, blocked, catchQuietly, ignore, numberOf } from '../scenery/signals.ts';
import { freshTerminal, hasTerminal, leadSessionOn } from '../scenery/terminal.ts';

promise(
  'The child inherits session, process group and controlling terminal',
  {
    id: 'fork/session',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION; XBD 11.1.3',
    expect: 'inherited',
    supports: ['session', 'process-group', 'controlling-terminal'],
  },
  () => {
    leadSessionOn(freshTerminal());
    const child = inChild(() => ({ session: getsid(0).value, group: getpgrp(), terminal: hasTerminal() }));
    return either(
      child.session === getpid() && child.group === getpid() && child.terminal,
      'inherited',
      'not inherited',
      JSON.stringify(child),
    );
  },
);

promise(
  'The child inherits signal mask and dispositions',
  {
    id: 'fork/signals',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: a copy',
    expect: 'inherited',
    supports: ['signal-mask', 'ignored-signals'],
  },
  () => {
    block('SIGUSR1');
    ignore('SIGHUP');
    catchQuietly('SIGTERM');
    const child = inChild(() => ({
      blocked: blocked(),
      hup: disposition(numberOf('SIGHUP')).handler,
      term: disposition(numberOf('SIGTERM')).handler,
    }));
    return either(
      child.blocked === 'SIGUSR1' && child.hup === SIG_IGN && child.term === harmlessHandler,
      'inherited',
      'not inherited',
      `blocked ${child.blocked}`,
    );
  },
);

promise(
  'The child inherits file mode creation mask, working directory and limits',
  {
    id: 'fork/surroundings',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION: a copy',
    expect: 'inherited',
    supports: ['inherited-file-mode-creation-mask', 'working-directory', 'resource-limits'],
  },
  () => {
    umask(0o137);
    must('chdir', chdir('/tmp'));
    const { hard } = getrlimit(platform.RLIMIT_NOFILE);
    must('setrlimit', setrlimit(platform.RLIMIT_NOFILE, { soft: 300n, hard }));
    const child = inChild(() => ({
      mask: umask(0),
      directory: getcwd(100).path,
      soft: Number(getrlimit(platform.RLIMIT_NOFILE).soft),
    }));
    return either(
      child.mask === 0o137 && child.directory === '/tmp' && child.soft === 300,
      'inherited',
      'not inherited',
      JSON.stringify(child),
    );
  },
);
