import { defineRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';

export const controllingTerminal = defineRequirement({
  id: 'controlling-terminal',
  area: 'terminal',
  title: 'No process of the daemon has a controlling terminal',
  failureTitle: 'The daemon has a controlling terminal',
  why: 'The keyboard of a controlling terminal interrupts its processes, and its hang-up ends them.',
  remedy: 'Call setsid(2), then fork(2) once more, and open terminals with O_NOCTTY.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XBD 11.1.3 The Controlling Terminal' },
    { work: 'POSIX.1-2024', at: 'XSH setsid(), DESCRIPTION' },
    { work: 'daemon(7)', at: 'SysV Daemons, steps 6 and 7' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
    supervised: 'must',
  },
  restsOn: ['terminal'],
  failsWith: [
    {
      id: 'foreground-process-group',
      because: 'a controlling terminal of the daemon has a foreground process group',
    },
    {
      id: 'launch-session',
      because: 'a terminal controls one session, so another process that has it is in the launch session',
    },
  ],
  of: 'every-survivor',
  needs: ['terminal'],
  check: ({ terminal, role }, { run, foreground }) => {
    if (terminal === null) return pass;
    const name = terminal.name ?? terminal.device;
    const given = terminal.device === run.launch.terminal;
    if (given && foreground) return inapplicable(`it was started on ${name}, in the foreground`);
    // A terminal that the daemon opened for another program, as a terminal multiplexer does, is that program's.
    if (role === 'daemon') return fail({ expected: 'no controlling terminal', actual: name });
    return given ? fail({ expected: `not ${name}, on which the program was started`, actual: name }) : pass;
  },
});
