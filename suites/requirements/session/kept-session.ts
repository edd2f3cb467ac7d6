import { defineRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

export const keptSession = defineRequirement({
  id: 'kept-session',
  area: 'session',
  title: 'The program stays in the session it was given',
  failureTitle: 'The program has left the session it was given',
  why: 'The supervisor made the session for it and follows the process it started; leaving is useless work that hides the program from it.',
  remedy: 'Do not call setsid(2) under a supervisor.',
  sources: [{ work: 'daemon(7)', at: 'New-Style Daemons' }],
  // Every other profile asks for the opposite.
  levels: { supervised: 'must' },
  ofLaunch: true,
  needs: ['session'],
  check: ({ session }, { run }) =>
    session === run.launch.session
      ? pass
      : fail({ expected: `session ${run.launch.session}, in which it was started`, actual: `${session}` }),
});
