import {
  defineProbeRequirement,
  fail,
  inapplicable,
  inconclusive,
  pass,
} from '../../../harness/judge/requirement.ts';

export const terminationStatus = defineProbeRequirement({
  id: 'termination-status',
  area: 'stopping',
  title: 'The daemon ends with status 0, or by SIGTERM, when it is sent SIGTERM',
  failureTitle: 'The daemon ends with a failure when it is sent SIGTERM',
  why: 'Whoever waits for it tells from the status whether it stopped as asked or went wrong.',
  remedy: 'Exit with status 0 when the work is put away, or let SIGTERM end the process.',
  sources: [
    { work: 'daemon(7)', at: 'New-Style Daemons' },
    { work: 'LSB', at: 'Init Script Actions' },
  ],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'may',
    pep3143: 'should',
    classic: 'should',
    supervised: 'must',
  },
  probe: 'termination',
  check: ({ endedAfterMs, exitCode, signal, evidence }) => {
    if (endedAfterMs === null) return inapplicable('it did not end');
    if (exitCode === null && signal === null) return inconclusive('its wait status went to another process');
    return exitCode === 0 || signal === 'SIGTERM'
      ? pass
      : fail({
          expected: 'exit status 0, or ended by SIGTERM',
          actual: signal === null ? `exit status ${exitCode}` : `ended by ${signal}`,
          evidence,
        });
  },
});
