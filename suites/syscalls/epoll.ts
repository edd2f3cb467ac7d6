import { must } from '../../harness/libc/library.ts';
import { epollAdd, epollCreate, epollReady } from '../../harness/libc/linux/sys-epoll.ts';
import { close, dup, pipe2, write } from '../../harness/libc/unistd.ts';
import { promise } from './run/promise.ts';
import { either, saw, unsupported } from './run/seen.ts';
import { inChild } from './scenery/child.ts';

promise(
  'An epoll descriptor is inherited by fork() and shared',
  {
    id: 'epoll/fork',
    clause: 'epoll(7)',
    rows: ['K-FORK-7'],
    expect: { linux: 'inherited' },
    supports: ['inherited-descriptors'],
  },
  () => {
    const epoll = epollCreate();
    if (epoll.errno === 'ENOSYS') return unsupported('no epoll here');
    const pipe = pipe2(0);
    must('epoll_ctl', epollAdd(epoll.value, pipe.read));
    write(pipe.write, Buffer.from('x'));
    const { value, errno } = inChild(() => epollReady(epoll.value));
    return saw(value === 1 ? 'inherited' : (errno ?? 'empty'), 'epoll_wait() in the child');
  },
);

promise(
  'What a child adds to an inherited epoll descriptor its parent is told of',
  {
    id: 'epoll/shared',
    clause: 'epoll(7), Questions and answers',
    expect: { linux: 'shared' },
    supports: ['inherited-descriptors'],
  },
  () => {
    const epoll = epollCreate();
    if (epoll.errno === 'ENOSYS') return unsupported('no epoll here');
    const pipe = pipe2(0);
    write(pipe.write, Buffer.from('x'));
    inChild(() => void epollAdd(epoll.value, pipe.read));
    return either(epollReady(epoll.value).value === 1, 'shared', 'separate', 'epoll_wait() in the parent');
  },
);

promise(
  'Closing a descriptor removes it from epoll only with its open file description',
  {
    id: 'epoll/close',
    clause: 'epoll(7), Questions and answers',
    expect: { linux: 'still reported' },
    supports: ['inherited-descriptors'],
  },
  () => {
    const epoll = epollCreate();
    if (epoll.errno === 'ENOSYS') return unsupported('no epoll here');
    const pipe = pipe2(0);
    must('dup', dup(pipe.read));
    must('epoll_ctl', epollAdd(epoll.value, pipe.read));
    close(pipe.read);
    write(pipe.write, Buffer.from('x'));
    return either(
      epollReady(epoll.value).value === 1,
      'still reported',
      'removed',
      'epoll_wait() after close(), with a copy open',
    );
  },
);
