import type { Descriptor } from '../../../harness/facts/process.ts';
import type { StreamsPolicy } from '../../../harness/judge/profile.ts';
import { defineRequirement, fail, inconclusive, pass } from '../../../harness/judge/requirement.ts';
import { isReadable, isWritable, whereTo } from '../descriptor-words.ts';

const numbers = [0, 1, 2] as const;

function goesWhereAsked(descriptor: Descriptor, policy: StreamsPolicy): boolean {
  switch (policy.kind) {
    case 'any':
      return true;
    case 'null-device':
      return descriptor.kind === 'null-device';
    case 'sink':
      return descriptor.kind === 'null-device' || (descriptor.fd !== 0 && descriptor.target === policy.path);
  }
}

function words(policy: StreamsPolicy): string {
  switch (policy.kind) {
    case 'any':
      return '0, 1 and 2 open, 0 for reading, 1 and 2 for writing';
    case 'null-device':
      return '0, 1 and 2 on the null device, 0 for reading, 1 and 2 for writing';
    case 'sink':
      return `0 on the null device for reading, 1 and 2 on it or on ${policy.path} for writing`;
  }
}

/** What is wrong with descriptor `fd`; null if nothing is. */
function fault(fd: number, descriptor: Descriptor | undefined, policy: StreamsPolicy): string | null {
  if (descriptor === undefined) return `${fd} closed`;
  if (!goesWhereAsked(descriptor, policy)) return whereTo(descriptor);
  if (descriptor.access === 'unknown') return null;
  if (fd === 0) return isReadable(descriptor) ? null : `${whereTo(descriptor)} not for reading`;
  return isWritable(descriptor) ? null : `${whereTo(descriptor)} not for writing`;
}

export const standardStreams = defineRequirement({
  id: 'standard-streams',
  area: 'descriptors',
  title: 'The standard streams of the daemon lead to the null device',
  failureTitle: 'The standard streams of the daemon do not lead to the null device',
  why: 'A stream left on a terminal or a pipe holds it open and may block or end the daemon when it writes there. A closed one is worse: the next file that is opened takes its number, and a stray message lands in it.',
  remedy:
    'Open /dev/null with O_RDWR and dup2(2) it onto 0, 1 and 2, as the last of the steps that touch them.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 9' },
    { work: 'APUE', at: '13.3 Coding Rules, rule 6' },
    { work: 'PEP 3143', at: 'stdin, stdout, stderr' },
    { work: 'daemon(3)', at: 'DESCRIPTION' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
    supervised: 'must',
  },
  // After a closed start, closed-standard-streams says what became of them.
  starts: ['clean', 'hostile', 'leader', 'captured', 'detached', 'supervised'],
  restsOn: ['standard-streams'],
  needs: ['descriptors'],
  check: ({ descriptors }, { policy }) => {
    const found = numbers.map((fd) => descriptors.find((each) => each.fd === fd));
    const faults = numbers
      .map((fd) => fault(fd, found[fd], policy.standardStreams))
      .filter((each) => each !== null);
    if (faults.length > 0) {
      return fail({ expected: words(policy.standardStreams), actual: faults.join(', ') });
    }
    const unknown = numbers.filter((fd) => found[fd]?.access === 'unknown');
    return unknown.length === 0
      ? pass
      : inconclusive(`it is not known whether ${unknown.join(', ')} may be read or written`);
  },
});
