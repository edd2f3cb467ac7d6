/** Defects that show when a probe does something to the program: to a look at it they are the sysv recipe and little more. */

import {
  and,
  detaching,
  type Expectation,
  fixture,
  noFailures,
  withoutIds,
  withSecondFork,
} from './expectation.ts';
import { doesNotWait, sysv } from './recipes.ts';

/** It stays in the foreground, as it should under a service manager. */
function supervised(name: string): Expectation {
  const fails = and(noFailures, { 'starter-return': detaching });
  return fixture(`defects/${name}`, { foreground: true, starts: ['supervised', 'captured'], fails });
}

export const behaviour: readonly Expectation[] = [
  fixture('defects/acquires-opened-terminal', { fails: and(sysv, { 'session-leader': withSecondFork }) }),
  fixture('defects/believes-pidfile', { pidfile: true, fails: sysv }),
  fixture('defects/copies-captured-output', { fails: sysv }),
  fixture('defects/creates-for-all', { pidfile: true, fails: sysv }),
  fixture('defects/empties-pidfile', { pidfile: true, fails: sysv }),
  fixture('defects/ends-at-reload', { fails: sysv }),
  fixture('defects/fails-at-termination', { fails: sysv }),
  fixture('defects/fails-in-silence', { pidfile: true, fails: sysv }),
  supervised('feeds-watchdog-late'),
  fixture('defects/follows-planted-pidfile', { pidfile: true, fails: sysv }),
  fixture('defects/goes-on-without-directory', { fails: sysv }),
  fixture('defects/goes-on-without-starter', { fails: sysv }),
  fixture('defects/leaves-workers', { fails: sysv }),
  fixture('defects/names-starter-at-times', { pidfile: true, fails: sysv }),
  fixture('defects/names-starter-in-pidfile', { pidfile: true, fails: sysv }),
  fixture('defects/needs-path', { fails: sysv }),
  supervised('notifies-from-child'),
  fixture('defects/opens-pidfile-to-all', { pidfile: true, fails: sysv }),
  fixture('defects/writes-pidfile-late', { pidfile: true, fails: sysv }),
  fixture('defects/own-mask-in-foreground', { fails: sysv }),
  fixture('defects/races-for-pidfile', { pidfile: true, fails: sysv }),
  fixture('defects/races-with-hangup', { fails: sysv, either: doesNotWait }),
  fixture('defects/refuses-termination', { fails: sysv }),
  supervised('reloads-in-silence'),
  fixture('defects/reports-to-nobody', { fails: sysv }),
  fixture('defects/slow-under-alarm', { fails: sysv }),
  fixture('defects/speaks-before-detaching', { fails: sysv }),
  // It catches SIGHUP.
  fixture('defects/speaks-to-broken-pipe', { fails: withoutIds(sysv, 'sighup-disposition') }),
  fixture('defects/speaks-too-late', { fails: sysv, either: doesNotWait }),
  fixture('defects/starts-beside-itself', { pidfile: true, fails: sysv }),
  supervised('stops-in-silence'),
  fixture('defects/tries-every-descriptor', { fails: sysv }),
  fixture('defects/usable-too-late', { pidfile: true, fails: sysv }),
  fixture('defects/watches-terminal', { fails: and(sysv, { 'terminal-descriptors': detaching }) }),
  fixture('defects/writes-pidfile-in-pieces', { pidfile: true, fails: sysv }),
];
