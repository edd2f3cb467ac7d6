/** Defects that show when a probe does something to the program: to a look at it they are the sysv recipe and little more. */

import { and, detaching, type Expectation, fixture, withoutIds } from './expectation.ts';
import { doesNotWait, sysv } from './recipes.ts';

export const behaviour: readonly Expectation[] = [
  fixture('defects/copies-captured-output', { fails: sysv }),
  fixture('defects/ends-at-reload', { fails: sysv }),
  fixture('defects/fails-at-termination', { fails: sysv }),
  fixture('defects/goes-on-without-starter', { fails: sysv }),
  fixture('defects/leaves-workers', { fails: sysv }),
  fixture('defects/races-with-hangup', { fails: sysv, either: doesNotWait }),
  fixture('defects/refuses-termination', { fails: sysv }),
  fixture('defects/speaks-before-detaching', { fails: sysv }),
  // It catches SIGHUP.
  fixture('defects/speaks-to-broken-pipe', { fails: withoutIds(sysv, 'sighup-disposition') }),
  fixture('defects/speaks-too-late', { fails: sysv, either: doesNotWait }),
  fixture('defects/watches-terminal', { fails: and(sysv, { 'terminal-descriptors': detaching }) }),
];
