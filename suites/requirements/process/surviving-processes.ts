import type { ObservedProcess, Run } from '../../../harness/facts/run.ts';
import { defineRunRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';
import { daemonOf, whyNoDaemon } from '../../../harness/judge/seen-by.ts';
import { ancestorsOf, isAlive } from '../kinship.ts';
import { lastWordOf } from '../launch-outcome.ts';

/** Workers belong to the daemon; an ancestor of it that lingers is the finding of `lingering-intermediate`. */
function mainProcesses(run: Run): readonly ObservedProcess[] {
  const daemon = daemonOf(run);
  const above = daemon === null ? [] : ancestorsOf(daemon, run.processes);
  return run.processes.filter(
    (each) => (each.role === 'daemon' || each.role === 'survivor') && isAlive(each) && !above.includes(each),
  );
}

export const survivingProcesses = defineRunRequirement({
  id: 'surviving-processes',
  area: 'process',
  title: 'As many main processes survive the starter as declared',
  failureTitle: 'No daemon is left, or not as many main processes as declared',
  why: 'Without a survivor nothing serves; one too many holds terminals, locks and directories that nobody looks after.',
  remedy:
    'See that the last child of the fork(2) chain lives on and every process before it ends with _exit(2). If none survived, look for its error message under --stdio or in its log.',
  sources: [{ work: 'daemon(7)', at: 'SysV Daemons, steps 5 to 8' }],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
    supervised: 'must',
  },
  // After the other starts, closed-standard-streams, detached-start and leader-start say whether anything survived.
  starts: ['clean', 'hostile', 'captured', 'supervised'],
  ofLaunch: true,
  check: (run, policy, { foreground }) => {
    const mains = mainProcesses(run);
    if (mains.length === 0) {
      if (foreground || run.starter.returnedAfterMs === null) {
        return inapplicable(whyNoDaemon(run, { foreground }) ?? 'the program stays in the foreground');
      }
      if (run.sigchldDecides === true) {
        return inapplicable('one survives if SIGCHLD is not ignored: ignored-sigchld-start says so');
      }
    }
    if (mains.length === policy.mainProcesses) return pass;
    const found = mains.map(({ pid }) => pid).join(', ');
    return fail({
      expected: policy.mainProcesses === 1 ? '1 main process' : `${policy.mainProcesses} main processes`,
      actual: mains.length === 0 ? `none${lastWordOf(run.starter)}` : `${mains.length}: ${found}`,
      shownBy: mains.map(({ pid }) => ({ pid, facts: ['parent'] as const })),
    });
  },
});
