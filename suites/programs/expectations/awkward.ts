/** Programs that make it hard to launch, follow, read or end them. */

import { readlinkSync } from 'node:fs';
import { and, detaching, type Expectation, fixture, noFailures, withoutIds } from './expectation.ts';
import { doesNotWait, staysInForeground, sysv, sysvUnplanted } from './recipes.ts';

/** Whoever is launched in it kills nobody. */
function processIdNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return 'there are none here';
  }
}

export const awkward: readonly Expectation[] = [
  fixture('awkward/never-forks', {
    starts: ['clean', 'hostile', 'supervised'],
    foreground: true,
    shows: ['starter-return'],
    fails: and(noFailures, {
      'starter-return': detaching,
      // As a supervised program it keeps what it was given.
      'ignored-sigchld': ['supervised'],
      'ignored-signals': ['supervised'],
      'ignored-sigpipe': ['supervised'],
      'job-control-dispositions': ['supervised'],
      'sighup-disposition': ['supervised'],
      'signal-mask': ['supervised'],
      'oom-score-adjustment': ['supervised'],
    }),
  }),
  fixture('awkward/waits-for-its-turn', {
    arguments: ['{dir}/turn.lock'],
    starts: ['supervised', 'clean', 'hostile'],
    foreground: true,
    fails: staysInForeground,
  }),
  fixture('awkward/crashes-before-detaching', {
    fails: and(noFailures, {
      'starter-exit-status': detaching,
      'surviving-processes': detaching,
      foreground: ['supervised'],
    }),
  }),
  fixture('awkward/crashes-after-detaching', {
    shows: ['surviving-processes'],
    fails: and(noFailures, { 'surviving-processes': detaching, foreground: ['supervised'] }),
  }),
  fixture('awkward/exits-without-survivor', {
    shows: ['surviving-processes'],
    fails: and(noFailures, { 'surviving-processes': detaching, foreground: ['supervised'] }),
  }),
  fixture('awkward/forks-two-hundred', { starts: ['clean'], fails: sysvUnplanted }),
  fixture('awkward/kills-everybody', { arguments: [processIdNamespace()], fails: sysv }),
  fixture('awkward/ignores-every-signal', {
    fails: and(withoutIds(sysv, 'sighup-disposition', 'job-control-dispositions'), {
      'sighup-disposition': ['sysv'],
      'job-control-dispositions': ['sysv'],
    }),
  }),
  fixture('awkward/stops-itself', {
    repeats: 'recipes/sysv',
    shows: ['run-state'],
    fails: and(sysv, { 'run-state': detaching }),
  }),
  fixture('awkward/writes-for-ever', {
    // Whether a look finds it asleep is left to chance, and nothing else ends the look at it but the deadline.
    deadlineMs: 2000,
    starts: ['clean', 'captured'],
    fails: and(sysvUnplanted, { 'standard-streams': detaching }),
  }),
  fixture('awkward/wakes-every-millisecond', { starts: ['clean', 'captured'], fails: sysvUnplanted }),
  fixture('awkward/never-sleeps', {
    // It never comes to rest, so that nothing but the deadline ends the look at it.
    deadlineMs: 2000,
    starts: ['clean', 'captured'],
    fails: sysvUnplanted,
  }),
  ...['late-asleep', 'late-computing', 'late-waiting'].map((name) =>
    fixture(`awkward/${name}`, {
      // Past every time that a shape has to stand.
      arguments: ['900'],
      starts: ['clean', 'captured'],
      fails: sysvUnplanted,
      either: doesNotWait,
    }),
  ),
  fixture('awkward/leaves-socket', {
    arguments: ['{dir}/leaves-socket.socket'],
    // It blocks SIGTERM after every start: that is inherited from none.
    fails: sysv,
  }),
  fixture('awkward/leaves-segment', { arguments: ['{dir}/leaves-segment'], fails: sysv }),
  fixture('awkward/closes-everything', { fails: and(sysv, { 'standard-streams': detaching }) }),
  fixture('awkward/executes-another-program', { fails: sysv }),
  fixture('awkward/renames-itself', { fails: sysv }),
];
