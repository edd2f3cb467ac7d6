import { isUnreadable } from '../../../harness/facts/process.ts';
import type { ObservedProcess, Run } from '../../../harness/facts/run.ts';
import { defineRunRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';
import { whyNoDaemon } from '../../../harness/judge/seen-by.ts';
import { ancestorsOf, isAlive } from '../kinship.ts';

/** It forked a process that left the launch session, and stayed behind in it. */
function stayedBehind(process: ObservedProcess, { launch, processes }: Run): boolean {
  return (
    process.session === launch.session &&
    processes.some(
      (each) =>
        !isUnreadable(each.session) &&
        each.session !== launch.session &&
        ancestorsOf(each, processes).includes(process),
    )
  );
}

function intermediates(run: Run): readonly ObservedProcess[] {
  const above = run.processes
    .filter(({ role }) => role === 'daemon')
    .flatMap((daemon) => ancestorsOf(daemon, run.processes));
  return run.processes.filter((each) => isAlive(each) && (above.includes(each) || stayedBehind(each, run)));
}

export const lingeringIntermediate = defineRunRequirement({
  id: 'lingering-intermediate',
  area: 'process',
  title: 'No process between the starter and the daemon is left',
  failureTitle: 'A process between the starter and the daemon is left',
  why: 'Such a process keeps what it inherited, terminal and session included, and stays the parent of a daemon that should be an orphan.',
  remedy: 'Let the first child end with _exit(2) as soon as it has forked the daemon.',
  sources: [{ work: 'daemon(7)', at: 'SysV Daemons, step 8' }],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
  },
  failsWith: [
    { id: 'parent-process', because: 'the parent of a daemon with a living ancestor is that ancestor' },
  ],
  ofLaunch: true,
  check: (run, _policy, { foreground }) => {
    const absent = whyNoDaemon(run, { foreground });
    if (absent !== null) return inapplicable(absent);
    const left = intermediates(run);
    return left.length === 0
      ? pass
      : fail({
          expected: 'every ancestor of the daemon has ended',
          actual: `process ${left.map(({ pid }) => pid).join(', ')} is left`,
          shownBy: left.map(({ pid }) => ({ pid, facts: ['parent', 'session'] as const })),
        });
  },
});
