import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

export const foregroundParity = defineProbeRequirement({
  id: 'foreground-parity',
  area: 'files',
  title: 'In the foreground and as a daemon it has one mask, and its files have one mode',
  failureTitle: 'As a daemon it has another mask than in the foreground',
  why: 'What is tried in the foreground is to hold for the daemon: files that only the daemon leaves open to all go unnoticed.',
  remedy: 'Set the mask where both ways of running come by.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH umask()' },
    { work: 'daemon(7)', at: 'SysV Daemons, step 10' },
  ],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'should',
    pep3143: 'should',
    classic: 'should',
  },
  probe: 'foreground-parity',
  check: ({ masks, files }) => {
    const wrong = [
      ...(masks.foreground === masks.daemon
        ? []
        : [`mask ${masks.foreground} in the foreground, ${masks.daemon} as a daemon`]),
      ...files
        .filter(({ foreground, daemon }) => foreground !== daemon)
        .map(({ path, foreground, daemon }) => `${path} has mode ${foreground}, and ${daemon} by the daemon`),
    ];
    return wrong.length === 0
      ? pass
      : fail({ expected: 'the same mask and the same modes', actual: wrong.join('; ') });
  },
});
