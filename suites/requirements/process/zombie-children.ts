import { isUnreadable } from '../../../harness/facts/process.ts';
import type { ObservedProcess, Run } from '../../../harness/facts/run.ts';
import {
  defineRunRequirement,
  fail,
  inapplicable,
  inconclusive,
  pass,
} from '../../../harness/judge/requirement.ts';
import { whyNoDaemon } from '../../../harness/judge/seen-by.ts';
import { parentOf } from '../kinship.ts';

function isZombieChild(process: ObservedProcess, processes: readonly ObservedProcess[]): boolean {
  const role = parentOf(process, processes)?.role;
  return process.state === 'Z' && (role === 'daemon' || role === 'worker');
}

/**
 * A child that had only just ended when it was seen is waited for a moment later. OpenBSD and NetBSD keep no start
 * time of a zombie: its parent and its pid have to do.
 */
function isStillThere(zombie: ObservedProcess, { later }: Run): boolean {
  return (
    later === null ||
    later.some(
      ({ pid, startTime, state }) =>
        pid === zombie.pid &&
        state === 'Z' &&
        (isUnreadable(startTime) || isUnreadable(zombie.startTime) || startTime === zombie.startTime),
    )
  );
}

export const zombieChildren = defineRunRequirement({
  id: 'zombie-children',
  area: 'process',
  title: 'The daemon waits for its children',
  failureTitle: 'The daemon leaves zombie children',
  why: 'A child that nobody waits for keeps its entry in the process table until its parent ends; a daemon lives long enough to fill the table.',
  remedy:
    'Call waitpid(2) with WNOHANG until it finds nothing more whenever SIGCHLD arrives, or set SA_NOCLDWAIT.',
  sources: [
    { work: 'POSIX.1-2024', at: 'XSH wait(), DESCRIPTION' },
    { work: 'POSIX.1-2024', at: 'XSH sigaction(), DESCRIPTION, SA_NOCLDWAIT' },
    { work: 'Unix Programming FAQ', at: '1.6 What is a zombie?' },
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
  check: (run, _policy, { foreground }) => {
    const absent = whyNoDaemon(run, { foreground });
    if (absent !== null) return inapplicable(absent);
    const zombies = run.processes.filter(
      (each) => isZombieChild(each, run.processes) && isStillThere(each, run),
    );
    if (zombies.length > 0) {
      return fail({
        expected: 'no child that has ended is left unwaited for',
        actual: `zombie ${zombies.map(({ pid }) => pid).join(', ')}`,
        shownBy: zombies.map(({ pid }) => ({ pid, facts: ['state', 'parent'] as const })),
      });
    }
    const unread = run.processes.find(({ state }) => isUnreadable(state));
    return unread === undefined ? pass : inconclusive(`state of process ${unread.pid} could not be read`);
  },
});
