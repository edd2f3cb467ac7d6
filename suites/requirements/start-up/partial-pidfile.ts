import type { Findings } from '../../../harness/facts/finding.ts';
import { defineProbeRequirement, fail, type Judgement, pass } from '../../../harness/judge/requirement.ts';

type Appearance = Extract<Findings['partial-pidfile'], { kind: 'appearance' }>;

function judgeAppearance({ path, events, became }: Appearance): Judgement {
  const appeared = events.findIndex((event) => event === 'IN_CREATE' || event === 'IN_MOVED_TO');
  const written = events.indexOf('IN_MODIFY', appeared + 1);
  if (appeared < 0 || written < 0) return pass;
  const how = events[appeared] === 'IN_CREATE' ? 'created' : 'moved there';
  return fail({
    expected: `whenever ${path} is there, it is complete`,
    actual: `it is ${how} under this name and written later`,
    evidence: [`inotify(7) of ${path}: ${events.join(', ')}; in the end it holds ${JSON.stringify(became)}`],
  });
}

export const partialPidfile = defineProbeRequirement({
  id: 'partial-pidfile',
  area: 'start-up',
  title: 'The pidfile is never seen before it is complete',
  failureTitle: 'The pidfile is seen before it is complete',
  why: 'Whoever waits for the pidfile reads it as soon as it appears: an empty one is an error, half a number another process.',
  remedy: 'Write it under another name and link(2) or rename(2) it when it is complete.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH rename(), RATIONALE' },
    { work: 'systemd.service(5)', at: 'PIDFile=' },
  ],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'should',
    pep3143: 'should',
  },
  probe: 'partial-pidfile',
  check: (found) => {
    if (found.kind === 'appearance') return judgeAppearance(found);
    const { path, attempts, looks, unfinished } = found;
    const [seen] = unfinished;
    if (seen === undefined) return pass;
    const { read, became, afterMs } = seen;
    return fail({
      expected: `whenever ${path} is there, it is complete`,
      actual: `it was seen unfinished in ${unfinished.length} of ${attempts} starts`,
      evidence: [
        `${JSON.stringify(read)} after ${afterMs.toFixed(1)} ms, and later ${JSON.stringify(became)}`,
        `${looks} looks`,
      ],
    });
  },
});
