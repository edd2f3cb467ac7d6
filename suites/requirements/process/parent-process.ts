import { defineRequirement, fail, inconclusive, pass } from '../../../harness/judge/requirement.ts';

export const parentProcess = defineRequirement({
  id: 'parent-process',
  area: 'process',
  title: 'The daemon is a child of init or of the nearest subreaper',
  failureTitle: 'The daemon is still the child of another process',
  why: 'A daemon whose parent lives is not an orphan: the parent has to wait for it, and may end it when it ends. Being one is necessary and never sufficient, since the job of a shell that exited is an orphan too.',
  remedy: 'Let every process of the fork(2) chain before the daemon end with _exit(2).',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 8' },
    { work: 'POSIX.1-2024', at: 'XSH _Exit(), Consequences of Process Termination' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
  },
  failsWith: [
    {
      id: 'lingering-intermediate',
      because: 'whichever process of the program is the parent stands between the starter and the daemon',
    },
  ],
  needs: ['parent'],
  check: ({ parent }, { inspected }) => {
    if (parent.role !== 'other') return pass;
    return inspected
      ? inconclusive(
          `its parent is process ${parent.pid}, which may be a subreaper`,
          'launch the program instead of inspecting it',
        )
      : fail({ expected: 'the parent is init or the nearest subreaper', actual: `process ${parent.pid}` });
  },
});
