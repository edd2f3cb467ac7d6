import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { heldBy } from '../held-by.ts';
export const inheritedLock = defineProbeRequirement({
  id: 'inherited-lock',
  area: 'descriptors',
  title: 'No lock of the launcher is held by the daemon',
  failureTitle: 'A lock of the launcher is held by the daemon',
  why: 'flock(2) and open file description locks belong to the open file: a daemon that inherited it holds the lock for as long as it runs, and whoever comes next waits.',
  remedy: 'Close every descriptor from 3 up before opening your own: close_range(3, ~0U, 0) or closefrom(3).',
  sources: [
    { work: 'flock(2)', at: 'DESCRIPTION' },
    { work: 'POSIX.1-2024', at: 'XSH fcntl(), F_OFD_SETLK' },
    { work: 'daemon(7)', at: 'SysV Daemons, step 1' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
  },
  failsWith: [{ id: 'inherited-descriptors', because: 'the lock stands on one of the planted descriptors' }],
  probe: 'inherited-lock',
  check: ({ locks }) => {
    const held = locks.filter((each) => each.held);
    return held.length === 0
      ? pass
      : fail({
          expected: 'every lock can be taken anew',
          actual: `still held: ${held.map(({ name }) => name).join(', ')}`,
          evidence: (held[0]?.holders ?? []).map(heldBy),
        });
  },
});
