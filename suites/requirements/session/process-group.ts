import { defineRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

export const processGroup = defineRequirement({
  id: 'process-group',
  area: 'session',
  title: 'The daemon has left the process group it was started in',
  failureTitle: 'The daemon is still in the process group it was started in',
  why: 'A signal to the job, from the keyboard or from kill(2) with a negative process ID, reaches every process of its group.',
  remedy:
    'Call setsid(2) in the child of the first fork(2): it creates a process group as well as a session.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH setsid(), DESCRIPTION' },
    { work: 'PEP 3143', at: 'Correct daemon behaviour' },
  ],
  // Under a service manager the program stays in the process group it was given.
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
  },
  // After a detached start, detached-start says it.
  starts: ['clean', 'hostile', 'leader', 'captured', 'closed', 'supervised'],
  ofLaunch: true,
  failsWith: [{ id: 'session', because: 'a process group lies within one session' }],
  needs: ['processGroup'],
  check: ({ processGroup }, { run }) =>
    processGroup === run.launch.processGroup
      ? fail({
          expected: `a process group other than ${run.launch.processGroup}, in which it was started`,
          actual: `${processGroup}`,
        })
      : pass,
});
