import type { Descriptor } from '../../../harness/facts/process.ts';
import { isUnreadable } from '../../../harness/facts/process.ts';
import type { Run } from '../../../harness/facts/run.ts';
import { type Context, defineRequirement, fail, pass } from '../../../harness/judge/requirement.ts';
import { daemonOf } from '../../../harness/judge/seen-by.ts';

/** Where a policy on the standard streams rules out a terminal, descriptors 0 to 2 are its matter alone. */
function lowest({ policy, run, foreground }: Context): number {
  const givenTerminal = foreground && run.launch.terminal !== null;
  return policy.standardStreams.kind !== 'any' || givenTerminal ? 3 : 0;
}

function daemonHasOnTerminal(fd: number, run: Run): boolean {
  const descriptors = daemonOf(run)?.descriptors ?? [];
  return !isUnreadable(descriptors) && descriptors.some((each) => each.fd === fd && each.kind === 'terminal');
}

export const terminalDescriptors = defineRequirement({
  id: 'terminal-descriptors',
  area: 'terminal',
  title: 'No descriptor of the daemon is open on a terminal',
  failureTitle: 'A descriptor of the daemon is open on a terminal',
  why: 'An open terminal is never free: ssh does not return, the next login may find it busy, and what is written appears there or fails with EIO.',
  remedy: 'Close every descriptor from 3 up before the first fork(2), with close_range(2) or closefrom(3).',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, steps 1 and 9' },
    { work: 'APUE', at: '13.3 Coding Rules, rules 5 and 6' },
    { work: 'POSIX.1-2024', at: 'XBD 11.1.10 Modem Disconnect' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
    supervised: 'should',
  },
  of: 'every-survivor',
  needs: ['descriptors'],
  check: ({ descriptors, role }, context) => {
    const { run, foreground } = context;
    const counts = (each: Descriptor): boolean => {
      if (each.kind !== 'terminal') return false;
      if (role === 'daemon') return each.fd >= lowest(context);
      // A terminal opened for a worker is its own; what it shares with the daemon is said of the daemon.
      if (each.device !== run.launch.terminal) return false;
      return each.fd > 2 || (!foreground && !daemonHasOnTerminal(each.fd, run));
    };
    const found = descriptors.filter(counts);
    return found.length === 0
      ? pass
      : fail({
          expected: 'no descriptor on a terminal',
          actual: found.map(({ fd, target }) => `${fd} on ${target}`).join(', '),
        });
  },
});
