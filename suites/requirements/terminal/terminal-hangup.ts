import { defineProbeRequirement } from '../../../harness/judge/requirement.ts';
import { judgeSurvival } from '../survival.ts';

export const terminalHangup = defineProbeRequirement({
  id: 'terminal-hangup',
  area: 'terminal',
  title: 'The daemon outlives its launch terminal',
  failureTitle: 'The daemon ends when its launch terminal hangs up',
  why: 'A window is closed, a connection breaks: the controlling process gets SIGHUP, and whoever reads or writes the terminal meets end of file and EIO.',
  remedy: 'Call setsid(2) after fork(2), and put the null device on 0, 1 and 2.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XBD 11.1.10 Modem Disconnect' },
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
      id: 'terminal-descriptors',
      because: 'in a session of its own only an open terminal tells it of the end',
    },
    { id: 'logout', because: 'a logout ends with the same hang-up' },
    { id: 'output-after-hangup', because: 'it is hung up there too' },
  ],
  probe: 'terminal-hangup',
  check: (found) => judgeSurvival(found, 'after the terminal hung up'),
});
