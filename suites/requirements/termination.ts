/** Whether SIGTERM did what it is for. */

import type { Termination } from '../../harness/facts/finding.ts';
import { fail, type Judgement, pass } from '../../harness/judge/requirement.ts';

export function judgeTermination({ pid, endedAfterMs, decidedBy, evidence }: Termination): Judgement {
  if (endedAfterMs !== null) return pass;
  return fail({ expected: 'the daemon ends', actual: whyNot(pid, decidedBy), evidence });
}

function whyNot(pid: number, decidedBy: Termination['decidedBy']): string {
  switch (decidedBy) {
    case 'blocked':
      return `process ${pid} blocks SIGTERM, which stays pending`;
    case 'nothing pending':
      return `process ${pid} has taken SIGTERM and sleeps on`;
    case 'stopped':
      return `process ${pid} is stopped`;
    case 'ended':
    case 'deadline':
      return `process ${pid} was still there at the time limit`;
  }
}
