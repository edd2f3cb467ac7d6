import { defineRunRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { endingOf } from '../launch-outcome.ts';

export const foreground = defineRunRequirement({
  id: 'foreground',
  area: 'process',
  title: 'The program stays in the foreground',
  failureTitle: 'The program leaves the foreground',
  why: 'A supervisor watches the process it started. When that process ends, the service counts as ended, and what it left behind is killed or never stopped.',
  remedy: 'Do not fork(2) into the background under a supervisor; offer an option for it and pass it here.',
  sources: [{ work: 'daemon(7)', at: 'New-Style Daemons' }],
  // Every other profile asks for the opposite.
  levels: { supervised: 'must' },
  ofLaunch: true,
  check: ({ starter }) =>
    starter.returnedAfterMs === null
      ? pass
      : fail({
          expected: `process ${starter.pid} stays`,
          actual: `it ${endingOf(starter)} after ${starter.returnedAfterMs.toFixed(1)} ms`,
        }),
});
