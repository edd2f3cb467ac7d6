import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

export const backgroundStart = defineProbeRequirement({
  id: 'background-start',
  area: 'terminal',
  title: 'The starter returns when it is started in the background',
  failureTitle: 'The starter does not return when it is started in the background',
  why: 'A background job that reads its terminal gets SIGTTIN, and with TOSTOP one that writes gets SIGTTOU: it stands still before it is a daemon, and nobody sees why.',
  remedy: 'Do not touch the terminal before detaching, or ignore SIGTTIN and SIGTTOU until then.',
  sources: [{ work: 'POSIX.1-2024', at: 'XBD 11.1.4 Terminal Access Control' }],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'should',
    pep3143: 'must',
    classic: 'must',
  },
  probe: 'background-start',
  check: (found) =>
    found.returnedAfterMs !== null
      ? pass
      : fail({
          expected: 'the starter returns',
          actual:
            found.stopped.length === 0
              ? 'it did not return, and nothing of it is stopped'
              : `stopped: ${found.stopped.map(({ pid, name }) => `process ${pid} (${name})`).join(', ')}`,
          evidence: found.stopped.map(({ pid }) => `ps -o state -p ${pid}: T`),
        }),
});
