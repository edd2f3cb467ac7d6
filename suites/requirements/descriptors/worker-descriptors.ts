import { type Descriptor, isUnreadable } from '../../../harness/facts/process.ts';
import type { ObservedProcess } from '../../../harness/facts/run.ts';
import { defineRunRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';
import { daemonOf } from '../../../harness/judge/seen-by.ts';

const highestStandardStream = 2;

/** What it has beside 0, 1 and 2 that is planted, or open in the daemon as well. */
function handedOn({ descriptors }: ObservedProcess, daemon: ObservedProcess): readonly Descriptor[] {
  if (isUnreadable(descriptors)) return [];
  const ofDaemon = isUnreadable(daemon.descriptors) ? [] : daemon.descriptors;
  const known = new Set(ofDaemon.flatMap(({ identity, kind }) => (kind === 'null-device' ? [] : [identity])));
  return descriptors.filter(
    ({ fd, planted, identity }) =>
      fd > highestStandardStream && (planted !== null || (identity !== null && known.has(identity))),
  );
}

export const workerDescriptors = defineRunRequirement({
  id: 'worker-descriptors',
  area: 'descriptors',
  title: 'Programs that the daemon runs receive none of its descriptors',
  failureTitle: 'A program that the daemon runs receives descriptors of the daemon',
  why: 'A hook or helper that inherits a listening socket or a lock keeps it when the daemon restarts, and may read what is not meant for it.',
  remedy: 'Open with O_CLOEXEC, SOCK_CLOEXEC and the like, so that exec() hands on 0, 1 and 2 alone.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH open(), O_CLOEXEC and O_CLOFORK' },
    { work: 'POSIX.1-2024', at: 'XSH exec, DESCRIPTION' },
  ],
  levels: {
    sysv: 'should',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'should',
    pep3143: 'should',
    classic: 'may',
    supervised: 'should',
  },
  ofLaunch: true,
  check: (run) => {
    const daemon = daemonOf(run);
    if (daemon === null || isUnreadable(daemon.executable))
      return inapplicable('there is no daemon to judge');
    // A worker that was only forked is the daemon's own code, and shares what it has.
    const executed = run.processes.filter(
      ({ role, executable }) =>
        role === 'worker' && !isUnreadable(executable) && executable !== daemon.executable,
    );
    if (executed.length === 0) return inapplicable('it runs no other program');
    for (const worker of executed) {
      const received = handedOn(worker, daemon);
      if (received.length === 0) continue;
      return fail({
        expected: 'it has none of the descriptors of the daemon but 0, 1 and 2',
        actual: received.map(({ fd, target }) => `${fd} -> ${target}`).join(', '),
        shownBy: [{ pid: worker.pid, facts: ['descriptors'] }],
      });
    }
    return pass;
  },
});
