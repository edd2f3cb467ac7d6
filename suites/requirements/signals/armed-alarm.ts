import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { endingOf } from '../started.ts';

export const armedAlarm = defineProbeRequirement({
  id: 'armed-alarm',
  area: 'signals',
  title: 'An alarm that was armed before the start does not end the daemon',
  failureTitle: 'An alarm that was armed before the start ends it',
  why: 'exec() keeps the time that is left on an alarm, and SIGALRM ends a process that does not expect it.',
  remedy: 'Call alarm(0) first of all.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH alarm(), DESCRIPTION' },
    { work: 'POSIX.1-2024', at: 'XSH exec, DESCRIPTION' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
    supervised: 'may',
  },
  probe: 'armed-alarm',
  check: ({ alarmMs, expiredAfterMs, start, daemon }) => {
    if (daemon !== null && start.ending !== 'SIGALRM') return pass;
    return fail({
      expected: `it is there when an alarm of ${alarmMs} ms has run out`,
      actual: start.ending === 'SIGALRM' ? 'the alarm ended its starter' : `no daemon: ${endingOf(start)}`,
      evidence: [`the alarm had run out ${expiredAfterMs.toFixed(0)} ms after the execution`],
    });
  },
});
