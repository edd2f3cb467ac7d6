import { F_DUPFD, fcntl } from '../../harness/libc/fcntl.ts';
import { CLOSE_RANGE_CLOEXEC, closeRangeWith } from '../../harness/libc/sys-close-range.ts';
import { libcPromise, promise } from './run/promise.ts';
import { answered, saw, unsupported } from './run/seen.ts';
import { reportDescriptor } from './run/worker.ts';
import { aboveLimit } from './scenery/above-limit.ts';
import { asReturned } from './scenery/libc-program.ts';
import { closesOnExec, isOpen } from './scenery/streams.ts';

promise(
  'close_range() closes every descriptor of the range, also above the soft limit',
  {
    id: 'close_range/above-limit',
    clause: 'close_range(2), Linux 5.9, FreeBSD 12.2',
    rows: ['K-FD-3'],
    expect: 'all closed',
    supports: ['inherited-descriptors', 'inherited-descriptors-above-limit'],
  },
  () => {
    aboveLimit();
    // All but the channel of the report.
    const { errno } = closeRangeWith(3, reportDescriptor - 1, 0);
    closeRangeWith(reportDescriptor + 1, 0xffffffff, 0);
    if (errno !== null)
      return errno === 'ENOSYS' ? unsupported('no close_range() here') : saw(errno, 'close_range()');
    return saw(
      isOpen(900) || isOpen(901) || isOpen(20) ? 'some open' : 'all closed',
      'descriptors 20, 900 and 901 under a soft limit of 256',
    );
  },
);

promise(
  'close_range() is not stopped by descriptors that are not open',
  {
    id: 'close_range/gaps',
    clause: 'close_range(2)',
    expect: 'succeeds',
    supports: ['descriptor-limit-cost'],
  },
  () => answered('close_range(300, 100000)', closeRangeWith(300, 100_000, 0)),
);

promise(
  'close_range() of a range that ends before it begins fails with EINVAL',
  { id: 'close_range/inverted', clause: 'close_range(2), ERRORS EINVAL', expect: 'EINVAL' },
  () => answered('close_range(5, 4)', closeRangeWith(5, 4, 0)),
);

promise(
  'close_range() with an unknown flag fails with EINVAL',
  { id: 'close_range/flags', clause: 'close_range(2), ERRORS EINVAL', expect: 'EINVAL' },
  () => answered('close_range(3, 4, 1 << 30)', closeRangeWith(3, 4, 1 << 30)),
);

promise(
  'close_range() with CLOSE_RANGE_CLOEXEC closes at exec',
  {
    id: 'close_range/cloexec',
    clause: 'close_range(2), CLOSE_RANGE_CLOEXEC, Linux 5.11',
    expect: 'open, closes on exec',
  },
  () => {
    fcntl(0, F_DUPFD, 20);
    const { errno } = closeRangeWith(20, 20, CLOSE_RANGE_CLOEXEC);
    return saw(
      errno ?? `${isOpen(20) ? 'open' : 'closed'}, ${closesOnExec(20) ? 'closes' : 'stays'} on exec`,
      'descriptor 20',
    );
  },
);

libcPromise(
  'close_range() of the C library',
  {
    id: 'close_range/libc',
    clause: 'close_range(3), glibc 2.34',
    expect: { glibc: 'succeeds', musl: 'unsupported', freebsd: 'succeeds' },
  },
  (program) =>
    program.has('close_range')
      ? answered('close_range(3, 100)', asReturned(program.call('close_range', 3, 100, 0)))
      : unsupported('the C library has no close_range()'),
);
