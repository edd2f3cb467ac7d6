import { defineRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

export const oomScoreAdjustment = defineRequirement({
  id: 'oom-score-adjustment',
  area: 'environment',
  title: 'The daemon does not keep the OOM score adjustment it was started with',
  failureTitle: 'The daemon keeps the OOM score adjustment it was started with',
  why: 'A daemon restarted from a session that protects itself is protected as well, and one restarted from a job that is to be killed first is killed first.',
  remedy: 'Write the value the daemon should have to /proc/self/oom_score_adj.',
  sources: [{ work: 'proc(5)', at: 'oom_score_adj' }],
  levels: {
    sysv: 'may',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'may',
    pep3143: 'may',
    classic: 'may',
    supervised: 'may',
  },
  starts: ['hostile'],
  restsOn: ['oom-score-adjustment'],
  needs: ['oomScoreAdjustment'],
  check: ({ oomScoreAdjustment }, { run }) =>
    oomScoreAdjustment === run.launch.oomScoreAdjustment
      ? fail({
          expected: `not ${run.launch.oomScoreAdjustment}, with which it was started`,
          actual: `${oomScoreAdjustment}`,
        })
      : pass,
});
