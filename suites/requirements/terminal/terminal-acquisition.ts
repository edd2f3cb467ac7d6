import { defineProbeRequirement, fail, inconclusive, pass } from '../../../harness/judge/requirement.ts';

export const terminalAcquisition = defineProbeRequirement({
  id: 'terminal-acquisition',
  area: 'terminal',
  title: 'The daemon does not acquire a terminal that it opens',
  failureTitle: 'The daemon acquires a terminal that it opens',
  why: 'A session leader without a controlling terminal may get one by opening a terminal without O_NOCTTY: a log or a serial line then hangs it up.',
  remedy: 'Open terminals with O_NOCTTY, and call fork(2) once more after setsid(2).',
  sources: [
    { work: 'POSIX.1-2024', at: 'XBD 11.1.3 The Controlling Terminal' },
    { work: 'POSIX.1-2024', at: 'XSH open(), O_NOCTTY' },
    { work: 'daemon(7)', at: 'New-Style Daemons' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
    supervised: 'should',
  },
  failsWith: [{ id: 'session-leader', because: 'only a session leader acquires a terminal by opening it' }],
  probe: 'terminal-acquisition',
  check: ({ terminal, opened, acquiredBy }) => {
    const [taken] = acquiredBy;
    if (taken !== undefined) {
      return fail({
        expected: 'no controlling terminal',
        actual: `${terminal} is the controlling terminal of process ${taken.pid} (${taken.name})`,
        evidence: acquiredBy.map(({ pid }) => `ps -o tty -p ${pid}: ${terminal}`),
      });
    }
    return opened.length > 0
      ? pass
      : inconclusive(
          'no process of the program has the terminal open',
          'declare an argument with which it opens {} and keeps it open',
        );
  },
});
