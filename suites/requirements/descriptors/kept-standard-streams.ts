import type { DescriptorKind } from '../../../harness/facts/process.ts';
import { defineRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { whereTo } from '../descriptor-words.ts';

/** What captures output: a pipe of ours, or the stream socket of a service manager. */
const captures: readonly DescriptorKind[] = ['pipe', 'socket'];

export const keptStandardStreams = defineRequirement({
  id: 'kept-standard-streams',
  area: 'descriptors',
  title: 'The program keeps the standard output and error it was given',
  failureTitle: 'The program has replaced the standard output or error it was given',
  why: 'The supervisor reads both streams and writes them to its log; what goes elsewhere is missing there.',
  remedy: 'Write messages to standard error and leave 0, 1 and 2 as they are.',
  sources: [{ work: 'daemon(7)', at: 'New-Style Daemons, recommendation 10' }],
  // Every other profile asks for the opposite.
  levels: { supervised: 'must' },
  starts: ['captured', 'supervised'],
  restsOn: ['standard-streams'],
  ofLaunch: true,
  needs: ['descriptors'],
  check: ({ descriptors }, { run }) => {
    const faults = [1, 2].flatMap((fd) => {
      const found = descriptors.find((each) => each.fd === fd);
      if (found === undefined) return [`${fd} closed`];
      const { captured } = run.launch;
      const own = found.identity !== null && captured[fd] !== undefined && found.identity !== captured[fd];
      if (own && captures.includes(found.kind)) return [`${fd} on another ${found.kind}`];
      return captures.includes(found.kind) ? [] : [whereTo(found)];
    });
    return faults.length === 0
      ? pass
      : fail({ expected: '1 and 2 on what captures its output', actual: faults.join(', ') });
  },
});
