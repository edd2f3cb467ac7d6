/** Right programs, each by the word of one source: what they fail is what the others ask beside it. */

import type { Policy } from '../../../harness/judge/profile.ts';
import {
  type Additions,
  and,
  daemon3,
  detaching,
  type Expectation,
  executedFixture,
  type Failures,
  fixture,
  noFailures,
  type UncertainFailure,
  usual,
  withMaskZero,
  withoutIds,
  withSecondFork,
} from './expectation.ts';

/** daemon(7) does not ask for these, and no profile asks for more than that they may be looked at. */
const unasked: Additions = { 'nice-value': detaching, 'oom-score-adjustment': detaching };

/** The sysv recipe after every start but the hostile one. */
export const sysvUnplanted: Failures = and(noFailures, {
  // daemon(3) leaves the mask as it was.
  'file-mode-creation-mask': daemon3,
  // These want SIGHUP ignored or caught, PEP 3143 the stop signals ignored.
  'sighup-disposition': ['apue', 'classic'],
  'job-control-dispositions': ['pep3143'],
  foreground: ['supervised'],
});

/** The sysv recipe. */
export const sysv: Failures = and(sysvUnplanted, unasked);

/** Whoever resets no disposition keeps what was ignored. */
const keepsDispositions: Additions = {
  'ignored-sigchld': detaching,
  'ignored-signals': detaching,
  'ignored-sigpipe': detaching,
  // SIGTTIN was ignored.
  'job-control-dispositions': ['sysv'],
};
const keepsSignals: Additions = { ...keepsDispositions, 'signal-mask': detaching };
const keepsMask: Additions = {
  'file-mode-creation-mask': withMaskZero,
  'inherited-file-mode-creation-mask': [...withMaskZero, 'apue'],
};
const keepsDescriptors: Additions = {
  'inherited-descriptors': detaching,
  'inherited-descriptors-above-limit': detaching,
};

/** A starter that does not wait for the daemon returns before it, or after it. */
export const doesNotWait: readonly UncertainFailure[] = [
  { id: 'ready-at-return', because: 'the starter does not wait for the daemon' },
];

const daemon3Style: Failures = and(withoutIds(sysv, 'file-mode-creation-mask'), {
  ...keepsSignals,
  ...keepsMask,
  ...keepsDescriptors,
});
const daemon3Leader: Failures = and(daemon3Style, { 'session-leader': withSecondFork });

export const nobody: Partial<Policy> = {
  user: { name: 'nobody', userId: 65_534, groupId: 65_534, groups: [65_534] },
};

const keepsStreams: Additions = { 'standard-streams': detaching };
const keepsDirectory: Additions = { 'working-directory': detaching };
/** libuv's handler of fork(3) takes the numbers of closed streams for its own pipe before daemon(3) comes to it. */
const notClosed = usual.filter((start) => start !== 'closed');

export const staysInForeground: Failures = and(noFailures, {
  'starter-return': detaching,
  'oom-score-adjustment': ['supervised'],
});
const supervisedStarts = ['supervised', 'clean', 'hostile', 'captured', 'closed', 'detached'] as const;

export const recipes: readonly Expectation[] = [
  fixture('recipes/sysv', { starts: [...usual, 'leader'], fails: sysv, shows: ['foreground'] }),
  executedFixture('recipes/sysv', {
    fails: sysv,
  }),
  fixture('recipes/own-priority', { fails: sysvUnplanted }),
  fixture('recipes/locked-pidfile', { pidfile: true, fails: sysv }),
  fixture('recipes/opens-terminal', { fails: sysv }),
  fixture('recipes/also-in-foreground', { fails: sysv }),
  fixture('recipes/works-in-directory', { fails: sysv }),
  fixture('recipes/drops-privileges', { needsRoot: true, declares: nobody, fails: sysv }),
  fixture('recipes/with-workers', { fails: sysv }),
  fixture('recipes/runs-a-program', { fails: sysv }),
  fixture('recipes/waits-for-signals', { fails: sysv }),
  // It catches SIGHUP.
  fixture('recipes/ends-slowly', { fails: withoutIds(sysv, 'sighup-disposition') }),
  fixture('recipes/counts-down', { fails: withoutIds(sysv, 'sighup-disposition') }),
  fixture('recipes/computes-first', { fails: sysv }),
  fixture('recipes/removes-slowly', {
    arguments: ['{dir}/removes-slowly.pid'],
    fails: withoutIds(sysv, 'sighup-disposition'),
  }),
  fixture('recipes/readiness-pipe', { fails: and(sysv, { ...keepsSignals, ...keepsDescriptors }) }),

  fixture('recipes/classic-000-single', {
    fails: and(sysv, { ...keepsSignals, 'session-leader': withSecondFork }),
    either: doesNotWait,
  }),
  fixture('recipes/classic-000-double', {
    // SIGCHLD is ignored by choice, after the clean start too.
    fails: and(sysv, { ...keepsSignals, 'ignored-sigchld': [] }),
    either: doesNotWait,
  }),
  fixture('recipes/classic-001', {
    fails: and(sysv, { ...keepsSignals, ...keepsStreams, 'session-leader': withSecondFork }),
    either: doesNotWait,
  }),
  fixture('recipes/classic-002', {
    fails: and(withoutIds(sysv, 'sighup-disposition'), { ...keepsSignals, 'sighup-disposition': ['sysv'] }),
    either: doesNotWait,
  }),
  fixture('recipes/classic-003', {
    fails: and(withoutIds(sysv, 'sighup-disposition', 'job-control-dispositions'), {
      ...keepsSignals,
      ...keepsDirectory,
      'ignored-sigchld': [],
      'sighup-disposition': ['sysv'],
      'inherited-descriptors-above-limit': detaching,
    }),
    either: doesNotWait,
  }),
  fixture('recipes/classic-004', {
    fails: and(withoutIds(sysv, 'sighup-disposition', 'job-control-dispositions'), {
      ...keepsSignals,
      ...keepsStreams,
      // The classic profile accepts /tmp.
      'working-directory': [...daemon3, 'sysv', 'apue', 'pep3143'],
      'ignored-sigchld': [],
      'sighup-disposition': ['sysv'],
      'inherited-descriptors-above-limit': detaching,
    }),
    either: doesNotWait,
  }),
  fixture('recipes/apue', {
    fails: and(withoutIds(sysv, 'sighup-disposition'), { ...keepsSignals, 'sighup-disposition': ['sysv'] }),
    either: doesNotWait,
  }),
  fixture('recipes/pep3143', {
    fails: and(withoutIds(sysv, 'job-control-dispositions'), keepsSignals),
    either: doesNotWait,
  }),

  fixture('recipes/daemon3-00', { fails: daemon3Leader, either: doesNotWait }),
  fixture('recipes/daemon3-01', {
    starts: notClosed,
    fails: and(daemon3Leader, keepsStreams),
    either: doesNotWait,
  }),
  fixture('recipes/daemon3-10', { fails: and(daemon3Leader, keepsDirectory), either: doesNotWait }),
  fixture('recipes/daemon3-11', {
    starts: notClosed,
    fails: and(daemon3Leader, { ...keepsDirectory, ...keepsStreams }),
    either: doesNotWait,
  }),
  fixture('recipes/daemon3-musl-style', { fails: daemon3Style, either: doesNotWait }),
  fixture('recipes/daemon3-freebsd-style', { fails: daemon3Leader, either: doesNotWait }),

  fixture('recipes/supervised', { foreground: true, starts: supervisedStarts, fails: staysInForeground }),
  fixture('recipes/supervised-notify', {
    foreground: true,
    starts: supervisedStarts,
    fails: staysInForeground,
  }),
];
