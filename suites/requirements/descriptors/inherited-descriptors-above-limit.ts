import { defineRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { named, stillOpen } from '../planted-descriptors.ts';

export const inheritedDescriptorsAboveLimit = defineRequirement({
  id: 'inherited-descriptors-above-limit',
  area: 'descriptors',
  title: 'The daemon has closed inherited descriptors above its soft limit too',
  failureTitle: 'The daemon still has an inherited descriptor above its soft limit',
  why: 'A lowered RLIMIT_NOFILE closes nothing: a loop up to the limit, or up to a constant, misses every descriptor that was opened above it before.',
  remedy:
    'Close by what is open and not by counting: close_range(3, ~0U, 0), closefrom(3), or each entry of /proc/self/fd.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 1' },
    { work: 'PEP 3143', at: 'files_preserve' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'should',
    pep3143: 'must',
    classic: 'should',
  },
  starts: ['hostile'],
  restsOn: ['planted-descriptors', 'soft-descriptor-limit'],
  of: 'every-survivor',
  needs: ['descriptors'],
  check: ({ descriptors }, { run }) => {
    const open = stillOpen('above-limit', descriptors, run.launch);
    return open.length === 0
      ? pass
      : fail({
          expected: `no planted descriptor above the soft limit of ${run.launch.softDescriptorLimit} is open`,
          actual: named(open),
        });
  },
});
