import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

/** A million calls take longer than this on any machine; what differs less is noise. */
const tolerableMs = 25;
const tolerableRatio = 1.5;

export const descriptorLimitCost = defineProbeRequirement({
  id: 'descriptor-limit-cost',
  title: 'A high limit of descriptors does not slow the start',
  failureTitle: 'A high limit of descriptors slows the start',
  why: 'Containers and service managers grant a million descriptors: a loop that closes up to the limit then costs a million system calls at every start.',
  remedy: 'Close what is open: close_range(3, ~0U, 0), closefrom(3), or the entries of /proc/self/fd.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 1' },
    { work: 'close_range(2)', at: 'DESCRIPTION' },
  ],
  levels: {
    sysv: 'should',
    apue: 'should',
    pep3143: 'should',
    classic: 'should',
  },
  probe: 'descriptor-limit-cost',
  check: ({ usualLimit, usualMs, raisedLimit, raisedMs, pairs }) =>
    raisedMs - usualMs <= tolerableMs || raisedMs <= tolerableRatio * usualMs
      ? pass
      : fail({
          expected: `at most ${tolerableMs} ms or ${tolerableRatio} times more with a limit of ${raisedLimit}`,
          actual: `${raisedMs.toFixed(1)} ms instead of ${usualMs.toFixed(1)} ms, ${(raisedMs / usualMs).toFixed(1)} times as long`,
          evidence: [
            `until settled, fastest of ${pairs}: ulimit -n ${usualLimit} ${usualMs.toFixed(1)} ms, ulimit -n ${raisedLimit} ${raisedMs.toFixed(1)} ms`,
          ],
        }),
});
