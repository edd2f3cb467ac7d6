import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { maskOf } from '../file-mode.ts';

export const createdFileModes = defineProbeRequirement({
  id: 'created-file-modes',
  area: 'files',
  title: 'Nobody else can write to the files that the daemon creates',
  failureTitle: 'Anybody can write to files that the daemon creates',
  why: 'With umask 0 the mode given to open() is the mode of the file: 0666 lets everybody change logs, data and pidfile.',
  remedy: 'Give open(2), mkdir(2) and bind(2) the mode that is meant, or set the mask to 022 or tighter.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH open(), O_CREAT; XSH umask()' },
    { work: 'daemon(7)', at: 'SysV Daemons, step 10' },
    { work: 'CWE', at: '732 Incorrect Permission Assignment for Critical Resource' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'should',
    supervised: 'must',
  },
  probe: 'created-file-modes',
  check: ({ files }) => {
    // The sticky bit keeps others from what is not theirs in a directory, as in /tmp.
    const open = files.filter(
      ({ kind, mode }) =>
        (maskOf(mode) & 0o022) !== 0 && !(kind === 'directory' && (maskOf(mode) & 0o1000) !== 0),
    );
    if (open.length === 0) return pass;
    return fail({
      expected: 'nothing that group or others can write to',
      actual: open.map(({ path, kind, mode }) => `${kind} ${path} has mode ${mode}`).join('; '),
      evidence: open.map(({ path }) => `ls -ld ${path}`),
    });
  },
});
