import { defineRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';

export const capabilities = defineRequirement({
  id: 'capabilities',
  area: 'privileges',
  title: 'A daemon that is not root holds no capabilities',
  failureTitle: 'The daemon is not root and still holds capabilities',
  why: 'Capabilities kept over a change of user are privileges kept: CAP_DAC_OVERRIDE or CAP_SYS_ADMIN are root under another name.',
  remedy:
    'Do not set PR_SET_KEEPCAPS, or drop with capset(2) everything the daemon does not use once it has changed user.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 13' },
    { work: 'capabilities(7)', at: 'Effect of user ID changes on capabilities' },
  ],
  levels: { sysv: 'should', pep3143: 'should', supervised: 'may' },
  needs: ['capabilities', 'userIds'],
  check: ({ capabilities, userIds }) => {
    const { real, effective, saved } = userIds;
    if (real === 0 || effective === 0 || saved === 0) {
      return inapplicable('the daemon runs as root, or can become root again');
    }
    const held = [...new Set([...capabilities.permitted, ...capabilities.effective])];
    return held.length === 0
      ? pass
      : fail({ expected: 'none permitted or effective', actual: held.join(', ') });
  },
});
