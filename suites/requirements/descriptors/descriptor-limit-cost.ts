import type { Findings } from '../../../harness/facts/finding.ts';
import {
  defineProbeRequirement,
  fail,
  inconclusive,
  type Judgement,
  pass,
} from '../../../harness/judge/requirement.ts';

const million = 1_000_000;
/** A million calls take longer than this on any machine. */
const tolerableMs = 25;
const tolerableRatio = 1.5;

type NeedlessCalls = Extract<Findings['descriptor-limit-cost'], { kind: 'needless-calls' }>;

function judgeCalls({ softLimit, calls, mostCalls }: NeedlessCalls): Judgement {
  if (calls <= mostCalls) return pass;
  return fail({
    expected: `at most ${mostCalls} calls on descriptors that are not open, with a limit of ${softLimit}`,
    actual: `more than ${mostCalls}`,
    evidence: [
      `system calls that failed with EBADF during the start, counted by ptrace(2): more than ${mostCalls}`,
    ],
  });
}

export const descriptorLimitCost = defineProbeRequirement({
  id: 'descriptor-limit-cost',
  area: 'descriptors',
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
  check: (found) => {
    if (found.kind === 'needless-calls') return judgeCalls(found);
    const { usualLimit, usualMs, raisedLimit, raisedMs, noiseMs, pairs } = found;
    // Each descriptor of the limit costs the same, so a lower limit shows what a million would cost.
    const atMillion = (differenceMs: number): number =>
      (differenceMs * (million - usualLimit)) / (raisedLimit - usualLimit);
    const isTolerable = (differenceMs: number): boolean =>
      atMillion(differenceMs) <= Math.max(tolerableMs, (tolerableRatio - 1) * usualMs);
    const differenceMs = raisedMs - usualMs;
    if (isTolerable(differenceMs + noiseMs)) return pass;
    const measured = `ulimit -n ${usualLimit} ${usualMs.toFixed(1)} ms, ulimit -n ${raisedLimit} ${raisedMs.toFixed(1)} ms`;
    if (isTolerable(differenceMs - noiseMs)) {
      return inconclusive(
        `two starts differ by ${noiseMs.toFixed(1)} ms anyway, too much to see what a limit costs: ${measured}`,
        'a limit of a million, which needs CAP_SYS_RESOURCE or a hard limit that is high enough (ulimit -Hn)',
      );
    }
    return fail({
      expected: `at most ${tolerableMs} ms or ${tolerableRatio} times more with a limit of ${million}`,
      actual: `${(usualMs + atMillion(differenceMs)).toFixed(1)} ms instead of ${usualMs.toFixed(1)} ms${
        raisedLimit === million ? '' : `, reckoned from a limit of ${raisedLimit}`
      }`,
      evidence: [`processor time until settled, least of ${pairs}: ${measured}`],
    });
  },
});
