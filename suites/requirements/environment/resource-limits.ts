import {
  defineRequirement,
  fail,
  inapplicable,
  inconclusive,
  pass,
} from '../../../harness/judge/requirement.ts';

export const resourceLimits = defineRequirement({
  id: 'resource-limits',
  area: 'environment',
  title: 'The soft limit on core files is the one asked for',
  failureTitle: 'The soft limit on core files is not the one asked for',
  why: 'A core file holds what the daemon had in memory, keys and passwords included.',
  remedy: 'Call setrlimit(2) with RLIMIT_CORE while becoming a daemon.',
  sources: [{ work: 'PEP 3143', at: 'prevent_core' }],
  levels: {
    sysv: 'may',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'may',
    pep3143: 'must',
    classic: 'should',
  },
  needs: ['limits'],
  check: ({ limits }, { policy }) => {
    if (policy.coreLimit === null) return inapplicable('the policy accepts any limit');
    const soft = limits.core?.soft;
    if (soft === undefined) return inconclusive('the limit on core files is not known here');
    return soft === policy.coreLimit ? pass : fail({ expected: `${policy.coreLimit}`, actual: `${soft}` });
  },
});
