import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { heldBy } from '../held-by.ts';
export const terminalOutput = defineProbeRequirement({
  id: 'terminal-output',
  area: 'terminal',
  title: 'Nothing appears on the terminal after the starter has returned',
  failureTitle: 'Something appears on the terminal after the starter has returned',
  why: 'What a daemon writes to the terminal it was started from lands in the prompt, or in another program.',
  remedy:
    'Put the null device on 0, 1 and 2 before the starter returns, and send messages to syslog or a file.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 9' },
    { work: 'APUE', at: '13.3 Coding Rules, rule 6' },
  ],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'should',
    pep3143: 'should',
    classic: 'should',
  },
  failsWith: [
    {
      id: 'ready-at-return',
      because: 'it has the terminal open when the starter returns, or opens it later',
    },
  ],
  probe: 'terminal-output',
  check: (found) =>
    found.text === ''
      ? pass
      : fail({
          expected: 'nothing',
          actual: JSON.stringify(found.text),
          evidence: [...found.holders.map(heldBy), ...found.evidence],
        }),
});
