/** Who was held in the starts of probes, told in the timeline of the run that is the baseline of all probes. */

import type { Probes } from '../facts/finding.ts';
import type { HeldSpan } from '../facts/held-start.ts';
import type { Run, TimelineEvent } from '../facts/run.ts';
import { baselineRun } from '../judge/evaluate.ts';
import type { Profile } from '../judge/profile.ts';

function eventOf(start: string, { pid, parent, fromMs, untilMs, because }: HeldSpan): TimelineEvent {
  const until = untilMs === null ? '' : ` until ${untilMs.toFixed(1)} ms`;
  return { atMs: fromMs, pid, event: 'held', detail: `${start}: child of ${parent}${until}, ${because}` };
}

function heldEvents(probes: Probes): readonly TimelineEvent[] {
  const atReturn = probes['ready-at-return'];
  const leader = probes['leader-start'];
  const plain = atReturn?.kind === 'held-processes' ? atReturn.held : [];
  const led = leader?.kind === 'scheduled-starts' ? leader.starts : [];
  return [
    ...plain.map((span) => eventOf('children last', span)),
    ...led.flatMap(({ order, held }) =>
      held.map((span) =>
        eventOf(`leader start, ${order === 'child-last' ? 'children last' : 'children first'}`, span),
      ),
    ),
  ];
}

/** The runs with the spans for which processes of held starts were held; each start has process IDs and times of its own. */
export function withHeldSpans(
  runs: readonly Run[],
  probes: Probes,
  profile: Pick<Profile, 'foreground'>,
): readonly Run[] {
  const events = heldEvents(probes);
  const plain = baselineRun(runs, profile)?.start;
  if (events.length === 0) return runs;
  return runs.map((run) => (run.start === plain ? { ...run, timeline: [...run.timeline, ...events] } : run));
}
