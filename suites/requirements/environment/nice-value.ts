import { defineRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

export const niceValue = defineRequirement({
  id: 'nice-value',
  area: 'environment',
  title: 'The daemon does not keep the nice value it was started with',
  failureTitle: 'The daemon does not have the nice value asked for',
  why: 'A daemon restarted from a low-priority job runs at low priority from then on, until someone wonders why it is slow.',
  remedy: 'Set the nice value with setpriority(2) while still privileged, or declare the one it should have.',
  sources: [{ work: 'POSIX.1-2024', at: 'XSH exec, DESCRIPTION' }],
  levels: {
    sysv: 'may',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'may',
    pep3143: 'may',
    classic: 'may',
  },
  starts: ['hostile'],
  restsOn: ['nice-value'],
  needs: ['nice'],
  check: ({ nice }, { policy, run }) => {
    if (policy.nice !== null) {
      return nice === policy.nice ? pass : fail({ expected: `${policy.nice}`, actual: `${nice}` });
    }
    return nice === run.launch.nice
      ? fail({ expected: `not ${run.launch.nice}, with which it was started`, actual: `${nice}` })
      : pass;
  },
});
