/** What POSIX.1-2024 XSH 2.8 counts as realtime, but for its timers. */

import { aioRead, aioWait } from '../../../harness/libc/aio.ts';
import { freshQueue, mqReceive, mqSend } from '../../../harness/libc/mqueue.ts';
import { platform } from '../../../harness/libc/platform.ts';
import { SCHED_RR, scheduler, setScheduler } from '../../../harness/libc/sched.ts';
import { semInit, semPost, semTryWait } from '../../../harness/libc/semaphore.ts';
import { MAP_PRIVATE, MAP_SHARED, mapMemory, mlock } from '../../../harness/libc/sys-mman.ts';
import { getpid, pipe2, write } from '../../../harness/libc/unistd.ts';
import { lockedMemoryOf } from '../../../harness/observe/linux/locked-memory.ts';
import { promise } from '../run/promise.ts';
import { allOf, either, unsupported } from '../run/seen.ts';
import { gate, inChild, start } from '../scenery/child.ts';
import { ignore } from '../scenery/signals.ts';

promise(
  'The child shares open semaphores',
  { id: 'fork/semaphores', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'shared' },
  () => {
    const shared = mapMemory(4096, MAP_SHARED);
    if (shared === null) throw new Error('mmap() failed');
    const made = semInit(shared);
    if (made.errno !== null) return unsupported(`sem_init() of a shared semaphore: ${made.errno}`);
    inChild(() => void semPost(shared));
    return either(
      semTryWait(shared).errno === null,
      'shared',
      'separate',
      'sem_trywait() after the child posted',
    );
  },
);

promise(
  'Memory locks are not inherited',
  { id: 'fork/memory-locks', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: '0 kB' },
  () => {
    if (process.platform !== 'linux')
      return unsupported('no system but Linux tells how much a process has locked');
    const memory = mapMemory(4096, MAP_PRIVATE);
    if (memory === null) throw new Error('mmap() failed');
    const locked = mlock(memory);
    if (locked.errno !== null) return unsupported(`mlock(): ${locked.errno}`);
    return allOf(
      inChild(() => lockedMemoryOf(getpid())),
      'VmLck of the child',
      { 'the parent keeps it': lockedMemoryOf(getpid()) !== '0 kB' },
    );
  },
);

promise(
  'A private mapping is copied, a shared one is shared',
  { id: 'fork/mappings', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'copied and shared' },
  () => {
    const [own, shared] = [mapMemory(4096, MAP_PRIVATE), mapMemory(4096, MAP_SHARED)];
    if (own === null || shared === null) throw new Error('mmap() failed');
    inChild(() => {
      own.bytes[0] = 1;
      shared.bytes[0] = 1;
    });
    return either(
      own.bytes[0] === 0 && shared.bytes[0] === 1,
      'copied and shared',
      'something else',
      `private ${own.bytes[0]}, shared ${shared.bytes[0]} after the child wrote 1`,
    );
  },
);

promise(
  'The child inherits scheduling policy and priority',
  {
    id: 'fork/scheduling',
    clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION',
    needs: 'root',
    expect: 'inherited',
  },
  () => {
    const set = setScheduler(SCHED_RR, 1);
    if (set.errno !== null) return unsupported(`sched_setscheduler(SCHED_RR): ${set.errno}`);
    const { policy, priority } = inChild(() => scheduler());
    return either(
      policy === SCHED_RR && priority === 1,
      'inherited',
      'not inherited',
      `policy ${policy}, priority ${priority} in the child`,
    );
  },
);

promise(
  'The child shares open message queues',
  { id: 'fork/message-queues', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'shared' },
  () => {
    // Where the module is not loaded FreeBSD raises it, mq_open(2) and sigaction(2).
    ignore('SIGSYS');
    const queue = freshQueue(`/daemon-conformance-${getpid()}`);
    if (queue.errno !== null) return unsupported(`mq_open(): ${queue.errno}`);
    inChild(() => void mqSend(queue.value, 'text'));
    return either(
      mqReceive(queue.value).text === 'text',
      'shared',
      'separate',
      'mq_receive() after the child sent',
    );
  },
);

promise(
  'Asynchronous reads of the parent are not inherited',
  { id: 'fork/asynchronous-input', clause: 'POSIX.1-2024 XSH fork(), DESCRIPTION', expect: 'not inherited' },
  () => {
    const pipe = pipe2(platform.O_CLOEXEC);
    const operation = aioRead(pipe.read, 4);
    if (operation.errno !== null) return unsupported(`aio_read(): ${operation.errno}`);
    const [written, done] = [gate(), gate()];
    const child = start(() => {
      write(pipe.write, Buffer.from('text'));
      written.open();
      done.pass();
      return operation.into.toString('latin1').replaceAll('\0', '');
    });
    written.pass();
    aioWait(operation);
    done.open();
    const seen = child.result();
    return allOf(
      seen === '' ? 'not inherited' : 'inherited',
      `the child's copy holds ${JSON.stringify(seen)}`,
      { 'the parent got it': operation.into.toString('latin1') === 'text' },
    );
  },
);
