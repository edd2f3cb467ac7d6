import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

export const startupTermination = defineProbeRequirement({
  id: 'startup-termination',
  area: 'stopping',
  title: 'SIGTERM during the start leaves nothing behind',
  failureTitle: 'SIGTERM during the start leaves something behind',
  why: 'A start that takes too long is given up with SIGTERM: a daemon that goes on, although its starter did not succeed, is one that nobody knows of.',
  remedy:
    'Let the daemon end when the starter it reports to is gone: a write to the pipe then fails with EPIPE.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, steps 14 and 15' },
    { work: 'LSB', at: 'Init Script Actions, start' },
  ],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'should',
    pep3143: 'should',
    classic: 'should',
    supervised: 'should',
  },
  probe: 'startup-termination',
  check: ({ attempts, untilMs, left, sampledBecause }) => {
    const [first] = left;
    if (first === undefined) return pass;
    const { processes } = first;
    const what = [
      ...processes.map(({ pid, name }) => `process ${pid} (${name})`),
      ...(first.pidfile ? ['the pidfile'] : []),
    ];
    return fail({
      expected: `nothing is left in ${attempts} starts, sent SIGTERM up to ${untilMs.toFixed(1)} ms after execve(2)`,
      actual: `${left.length} of ${attempts} left something`,
      evidence: [
        `${first.what}: starter ${first.starter}, left: ${what.join(', ')}`,
        ...(sampledBecause === null ? [] : [`moments were chosen by time: ${sampledBecause}`]),
      ],
    });
  },
});
