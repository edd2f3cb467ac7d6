import { libc } from '../../../harness/libc/library.ts';
import { getpid } from '../../../harness/libc/unistd.ts';
import { promise } from '../run/promise.ts';
import { saw, unsupported } from '../run/seen.ts';
import { inChild } from '../scenery/child.ts';
import { factOf } from '../scenery/observed.ts';

/** Threads of the pool behind asynchronous calls, one of which waits for ever. */
function startThreads(): void {
  const wait = libc.func('int poll(void *fds, unsigned long count, int timeoutMs)');
  wait.async(null, 0, -1, () => {});
}

promise(
  'Of several threads the child has only the one that called fork()',
  { id: 'fork/threads', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', rows: ['K-FORK-9'], expect: '1' },
  () => {
    const before = factOf(getpid(), 'threads');
    startThreads();
    const parent = factOf(getpid(), 'threads');
    if (parent <= before) return unsupported(`no thread could be started, there are ${parent}`);
    return saw(
      String(inChild(() => factOf(getpid(), 'threads'))),
      `threads in the child; the parent has ${parent}`,
    );
  },
);
