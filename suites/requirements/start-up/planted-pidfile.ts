import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

export const plantedPidfile = defineProbeRequirement({
  id: 'planted-pidfile',
  area: 'start-up',
  title: 'What a link in the place of the pidfile leads to stays as it was',
  failureTitle: 'The daemon writes through what was put in the place of its pidfile',
  why: 'Who may write to the directory of the pidfile has root overwrite any file through it.',
  remedy:
    'Open it with O_NOFOLLOW and O_EXCL, or write a new file beside it and rename(2) it; refuse what is no regular file with one link.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH open(), O_NOFOLLOW and O_EXCL' },
    { work: 'systemd.service(5)', at: 'PIDFile=' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'should',
    pep3143: 'should',
  },
  probe: 'planted-pidfile',
  check: ({ path, plantings }) => {
    const wrong = plantings.flatMap(({ planted, changed, start }) => {
      if (changed.length > 0) return [`through a ${planted} it changed ${changed.join(', ')}`];
      return start.ending === null ? [`at a ${planted} its starter waits for ever`] : [];
    });
    if (wrong.length === 0) return pass;
    return fail({
      expected: `what stands in the place of ${path} is replaced or refused`,
      actual: wrong.join('; '),
      evidence: [`ln FILE ${path}, start it, and compare FILE`],
    });
  },
});
