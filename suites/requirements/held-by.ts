/** Who holds what should have been let go, in words for a report. */

import type { Channel, Holder } from '../../harness/facts/finding.ts';
import { fail, type Judgement, pass } from '../../harness/judge/requirement.ts';

/** `process 402 (exampled) has it open as 1, 2: fstat -p 402` */
export function heldBy({ pid, name, descriptors, listing }: Holder): string {
  return `process ${pid} (${name}) has it open as ${descriptors.join(', ')}: ${listing}`;
}

export function judgeChannels(channels: readonly Channel[]): Judgement {
  const open = channels.filter(({ closedAfterMs }) => closedAfterMs === null);
  if (open.length === 0) return pass;
  const holders = open.flatMap((each) => each.holders);
  const pids = [...new Set(holders.map(({ pid, name }) => `process ${pid} (${name})`))];
  return fail({
    expected: 'end of file once the starter has returned',
    actual: `no end of file on ${open.map(({ name }) => name).join(', ')}: held by ${pids.join(', ') || 'a process that does not show it'}`,
    evidence: holders.map(heldBy),
  });
}
