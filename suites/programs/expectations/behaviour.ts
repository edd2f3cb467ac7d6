/**
 * Defects that show when a probe does something to the program: to a look at it they are the sysv recipe. Those that are
 * not quite that have a row here; of the others probed.ts says all there is to say.
 */

import { defects } from './defects.ts';
import {
  and,
  detaching,
  type Expectation,
  fixture,
  noFailures,
  withoutIds,
  withSecondFork,
} from './expectation.ts';
import { behaviours } from './probed.ts';
import { doesNotWait, nobody, sysv } from './recipes.ts';

const special: readonly Expectation[] = [
  fixture('defects/acquires-opened-terminal', { fails: and(sysv, { 'session-leader': withSecondFork }) }),
  fixture('defects/pidfile-of-its-user', { needsRoot: true, pidfile: true, declares: nobody, fails: sysv }),
  fixture('defects/races-with-hangup', { fails: sysv, either: doesNotWait }),
  // It catches SIGHUP.
  fixture('defects/speaks-to-broken-pipe', { fails: withoutIds(sysv, 'sighup-disposition') }),
  fixture('defects/speaks-too-late', { fails: sysv, either: doesNotWait }),
  fixture('defects/watches-terminal', { fails: and(sysv, { 'terminal-descriptors': detaching }) }),
];

/** It stays in the foreground, as it should under a service manager. */
function supervised(name: string): Expectation {
  const fails = and(noFailures, { 'starter-return': detaching });
  return fixture(name, { foreground: true, starts: ['supervised', 'captured'], fails });
}

const seen = new Set([...defects, ...special].map(({ name }) => name));
const hidden = behaviours.filter(({ fixture: name }) => name.startsWith('defects/') && !seen.has(name));
const plain = [...new Set(hidden.map((each) => each.fixture))].map((name) => {
  const probed = hidden.filter((each) => each.fixture === name);
  return probed.some(({ profile }) => profile === 'supervised')
    ? supervised(name)
    : fixture(name, { pidfile: probed.some(({ pidfile }) => pidfile), fails: sysv });
});

export const behaviour: readonly Expectation[] = [...special, ...plain];
