import { defineDifferentialRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

export const inheritedFileModeCreationMask = defineDifferentialRequirement({
  id: 'inherited-file-mode-creation-mask',
  area: 'files',
  title: 'The file mode creation mask does not depend on who starts the daemon',
  failureTitle: 'The daemon keeps something of the file mode creation mask it was started with',
  why: 'A daemon started from a login, from cron and from a service manager meets three masks; its files then have three modes.',
  remedy: 'Call umask(2) with a fixed mask instead of keeping or combining the one that umask(2) returns.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 10' },
    { work: 'APUE', at: '13.3 Coding Rules, rule 1' },
    { work: 'POSIX.1-2024', at: 'XSH exec, DESCRIPTION' },
  ],
  // daemon(3) leaves the mask as it was, and so does a supervised program.
  levels: { sysv: 'must', apue: 'must', pep3143: 'must', classic: 'must' },
  restsOn: ['file-mode-creation-mask'],
  failsWith: [
    {
      id: 'file-mode-creation-mask',
      because: 'two masks cannot both be the exact one that a policy asks for',
    },
  ],
  of: 'daemon',
  needs: ['fileModeCreationMask'],
  check: ({ fileModeCreationMask: hostile }, clean) => {
    const other = clean.find(({ fileModeCreationMask }) => fileModeCreationMask !== hostile);
    return other === undefined
      ? pass
      : fail({ expected: `${other.fileModeCreationMask}, as after the clean start`, actual: hostile });
  },
});
