import { defineRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';

export const foregroundProcessGroup = defineRequirement({
  id: 'foreground-process-group',
  area: 'terminal',
  title: 'No terminal has a foreground process group for the daemon (TPGID -1)',
  failureTitle: 'A terminal has a foreground process group for the daemon',
  why: 'TPGID -1 in ps(1) is the mark of a process that no keyboard reaches.',
  remedy: 'Call setsid(2): it leaves the terminal, and with it its foreground process group.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH tcgetpgrp(), DESCRIPTION' },
    { work: 'ps(1)', at: 'STANDARD FORMAT SPECIFIERS, tpgid' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
    supervised: 'must',
  },
  restsOn: ['terminal'],
  // The kernel answers -1 exactly where there is no controlling terminal, so the two fail together.
  failsWith: [
    {
      id: 'controlling-terminal',
      because: 'only a process with a controlling terminal has a foreground process group',
    },
  ],
  needs: ['foregroundProcessGroup', 'terminal'],
  check: ({ foregroundProcessGroup, terminal }, { run, foreground }) => {
    if (foregroundProcessGroup === -1) return pass;
    if (foreground && terminal !== null && terminal.device === run.launch.terminal) {
      return inapplicable(`it was started on ${terminal.name ?? terminal.device}, in the foreground`);
    }
    return fail({ expected: '-1', actual: `${foregroundProcessGroup}` });
  },
});
