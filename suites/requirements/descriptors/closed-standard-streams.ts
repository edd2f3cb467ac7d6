import { type Descriptor, isUnreadable } from '../../../harness/facts/process.ts';
import type { Run } from '../../../harness/facts/run.ts';
import type { StreamsPolicy } from '../../../harness/judge/profile.ts';
import {
  defineRunRequirement,
  fail,
  inapplicable,
  inconclusive,
  pass,
} from '../../../harness/judge/requirement.ts';
import { daemonOf } from '../../../harness/judge/seen-by.ts';
import { whereTo } from '../descriptor-words.ts';
import { launchFailure } from '../launch-outcome.ts';

/** What the daemon puts there after the plain start too is no accident, and the finding of standard-streams. */
function isChosen({ fd, kind }: Descriptor, plain: Run | null, policy: StreamsPolicy): boolean {
  const before = (plain === null ? null : daemonOf(plain))?.descriptors ?? [];
  return (
    policy.kind !== 'any' &&
    !isUnreadable(before) &&
    before.some((each) => each.fd === fd && each.kind === kind)
  );
}

function isTaken(descriptor: Descriptor, policy: StreamsPolicy): boolean {
  if (descriptor.fd > 2 || descriptor.kind === 'null-device') return false;
  return !(policy.kind === 'sink' && descriptor.fd !== 0 && descriptor.target === policy.path);
}

export const closedStandardStreams = defineRunRequirement({
  id: 'closed-standard-streams',
  area: 'descriptors',
  title: 'Nothing of the daemon takes the place of closed standard streams',
  failureTitle: 'The daemon does not start right with its standard streams closed',
  why: 'open(2) takes the lowest free number. Where 0, 1 or 2 are closed at the start, a database, a lock or a socket gets that number, and the next message to standard error is written into it, or dup2(2) onto it closes it.',
  remedy:
    'Make sure that 0, 1 and 2 are open before anything else is: open /dev/null until the descriptor returned is above 2.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH exec, DESCRIPTION' },
    { work: 'POSIX.1-2024', at: 'XSH open(), DESCRIPTION' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'must',
    pep3143: 'must',
    classic: 'should',
    supervised: 'should',
  },
  starts: ['closed'],
  restsOn: ['standard-streams'],
  ofLaunch: true,
  check: (run, policy, { plain, foreground }) => {
    const expected = 'the program starts, and 0, 1 and 2 are on the null device or closed';
    const failure = launchFailure(run, foreground);
    const daemon = daemonOf(run);
    if (failure !== null || daemon === null) {
      return plain === null || launchFailure(plain, foreground) === null
        ? fail({ expected, actual: failure ?? 'there is no daemon' })
        : inapplicable(`it does not start after the ${plain.start} start either`);
    }
    const { pid, descriptors } = daemon;
    if (isUnreadable(descriptors)) {
      return inconclusive(
        `descriptors of process ${pid} could not be read: ${descriptors.unreadable}`,
        'run as root, or as the user the process runs as',
      );
    }
    const streams = policy.standardStreams;
    const taken = descriptors.filter((each) => isTaken(each, streams) && !isChosen(each, plain, streams));
    return taken.length === 0
      ? pass
      : fail({
          expected,
          actual: taken.map(whereTo).join(', '),
          shownBy: [{ pid, facts: ['descriptors'] }],
        });
  },
});
