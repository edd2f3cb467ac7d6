/** A run as a profile looks at it: which process is the program's main one, and whether there is one to judge. */

import type { ObservedProcess, ProcessRole, Run } from '../facts/run.ts';
import type { Profile } from './profile.ts';

type ForegroundRule = Pick<Profile, 'foreground'>;

function inRole(process: ObservedProcess, role: ProcessRole): ObservedProcess {
  return process.role === role ? process : { ...process, role };
}

/** A starter that stays is the daemon of a profile that asks for the foreground, and of no other. */
export function seenBy(profile: ForegroundRule, run: Run): Run {
  const { starter, processes } = run;
  if (starter.returnedAfterMs !== null)
    return profile.foreground ? { ...run, daemon: null, processes: [] } : run;
  if (profile.foreground) {
    return {
      ...run,
      daemon: starter.pid,
      processes: processes.map((each) => inRole(each, each.pid === starter.pid ? 'daemon' : 'worker')),
    };
  }
  return {
    ...run,
    daemon: null,
    processes: processes.map((each) => inRole(each, each.pid === starter.pid ? 'starter' : 'survivor')),
  };
}

export function daemonOf(run: Run): ObservedProcess | null {
  return run.processes.find(({ role }) => role === 'daemon') ?? null;
}

/** Why there is no daemon to judge; null if there is one. */
export function whyNoDaemon(run: Run, profile: ForegroundRule): string | null {
  if (daemonOf(run) !== null) return null;
  if (profile.foreground) return 'the program did not stay in the foreground';
  if (run.starter.returnedAfterMs === null) return 'the program is still in the foreground';
  if (run.processes.length === 0) return 'no process survived';
  return 'none of the processes that survived is the declared daemon';
}
