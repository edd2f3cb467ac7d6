import { defineRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { named, stillOpen } from '../planted-descriptors.ts';

export const inheritedDescriptors = defineRequirement({
  id: 'inherited-descriptors',
  area: 'descriptors',
  title: 'The daemon has closed the descriptors it inherited',
  failureTitle: 'The daemon still has descriptors it inherited',
  why: 'An inherited descriptor keeps a lock held, a pipe from reaching its end, a port in use and a file system mounted for as long as the daemon lives, and nobody knows it is there.',
  remedy:
    'Close every descriptor from 3 up before opening your own: close_range(3, ~0U, 0), closefrom(3), or each entry of /proc/self/fd.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 1' },
    { work: 'APUE', at: '13.3 Coding Rules, rule 5' },
    { work: 'PEP 3143', at: 'files_preserve' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
  },
  starts: ['hostile'],
  restsOn: ['planted-descriptors'],
  of: 'every-survivor',
  needs: ['descriptors'],
  check: ({ descriptors }, { run }) => {
    const open = stillOpen('below-limit', descriptors, run.launch);
    return open.length === 0
      ? pass
      : fail({ expected: 'no planted descriptor is open', actual: named(open) });
  },
});
