/** Programs that repeat a recipe and spoil one step, with what they fail beside what that recipe fails. */

import type { RequirementId } from '../../requirements/index.ts';
import {
  type Additions,
  and,
  detaching,
  type Expectation,
  executedFixture,
  type Failures,
  fixture,
  noFailures,
  usual,
  withMaskZero,
  withoutIds,
  withSecondFork,
} from './expectation.ts';
import { doesNotWait, nobody, recipes, sysv, sysvUnplanted } from './recipes.ts';

type Defect = Partial<Omit<Expectation, 'name' | 'program' | 'fails' | 'repeats' | 'shows'>>;

/** Repeats the sysv recipe. Under the hostile start it fails what nobody asked for, under the others it does not. */
function sysvBut(
  name: string,
  shows: readonly RequirementId[],
  additions: Additions,
  defect: Defect = {},
): Expectation {
  const hostile = (defect.starts ?? usual).includes('hostile');
  return fixture(`defects/${name}`, {
    ...defect,
    repeats: 'recipes/sysv',
    shows,
    fails: and(hostile ? sysv : sysvUnplanted, additions),
  });
}

/** The same where every detaching profile says the same. */
function sysvButFor(id: RequirementId, name: string, defect: Defect = {}): Expectation {
  return sysvBut(name, [id], { [id]: detaching }, defect);
}

function failuresOf(name: string): Failures {
  return recipes.find((each) => each.name === name)?.fails ?? noFailures;
}

/** Starts on a terminal, not as its leader. */
const onTerminal = ['clean', 'hostile', 'closed'] as const;
/** Starts of which the differential requirements and those on planted things know. */
const planted = ['clean', 'hostile'] as const;

const stays: Failures = and(noFailures, { 'starter-return': detaching });

const ofProcess: readonly Expectation[] = [
  sysvBut(
    'leader-stays-as-parent',
    ['lingering-intermediate', 'parent-process'],
    { 'lingering-intermediate': detaching, 'parent-process': detaching },
    { pidfile: true },
  ),
  sysvBut('leader-has-the-daemon-as-child', ['session-leader'], { 'session-leader': withSecondFork }),
  sysvButFor('starter-exit-status', 'exits-with-three'),
  fixture('defects/starter-stays', {
    starts: ['clean'],
    deadlineMs: 1000,
    repeats: 'recipes/sysv',
    shows: ['starter-return'],
    fails: and(stays, { 'sighup-disposition': ['supervised'] }),
  }),
  sysvButFor('surviving-processes', 'leaves-second-process'),
  sysvButFor('zombie-children', 'leaves-zombie'),
  sysvButFor('ignored-sigchld-start', 'trusts-child-status'),
  fixture('defects/needs-child-status', {
    repeats: 'recipes/sysv',
    shows: ['ignored-sigchld-start'],
    fails: and(sysvUnplanted, { 'ignored-sigchld-start': detaching }),
  }),
  // A start in which new processes are held decides it, ./probed.ts; without one it depends on when it was looked at.
  sysvButFor('ready-at-return', 'completes-after-return', { timed: true, either: doesNotWait }),
  sysvButFor('stability', 'forks-again', {
    starts: ['clean', 'detached'],
    either: [{ id: 'ready-at-return', because: 'the daemon that settled may be a later one' }],
  }),
  sysvButFor('stability', 'ends-later', { toldWhenWatched: true, starts: ['clean', 'detached'] }),
  // Only what a profile says must hold can be lost, and to APUE the directory only should be another.
  sysvBut(
    'relapses',
    ['stability'],
    { stability: detaching.filter((profile) => profile !== 'apue') },
    {
      toldWhenWatched: true,
      starts: ['clean', 'detached'],
    },
  ),
];

const ofSession: readonly Expectation[] = [
  sysvBut('stays-session-leader', ['session-leader'], { 'session-leader': withSecondFork }),
  // On a terminal its session has that terminal.
  sysvButFor('session', 'stays-in-session', { starts: ['captured'] }),
  sysvBut(
    'stays-in-process-group',
    ['process-group'],
    { 'process-group': detaching, session: detaching },
    { starts: ['captured'] },
  ),
  fixture('defects/stays-in-process-group', {
    name: 'defects/stays-in-process-group, on a terminal',
    repeats: 'recipes/sysv',
    fails: and(sysv, {
      'process-group': detaching,
      session: detaching,
      'controlling-terminal': detaching,
      'foreground-process-group': detaching,
    }),
  }),
  sysvButFor('detached-start', 'skips-setsid-as-leader'),
  sysvButFor('launch-session', 'leaves-process-in-session', {
    starts: onTerminal,
    declares: { mainProcesses: 2 },
  }),
  sysvBut(
    'leaves-process-on-terminal',
    ['controlling-terminal'],
    { 'launch-session': detaching, 'controlling-terminal': detaching },
    { starts: onTerminal, declares: { mainProcesses: 2 } },
  ),
  fixture('defects/supervised-leaves-session', {
    // A session leader cannot leave, and under these starts it leads none.
    starts: ['clean', 'captured'],
    foreground: true,
    repeats: 'recipes/supervised',
    shows: ['kept-session'],
    fails: and(stays, { 'kept-session': ['supervised'] }),
  }),
];

const ofTerminal: readonly Expectation[] = [
  // Where a profile lets the daemon lead its session, it fails nothing else.
  sysvBut('acquires-terminal', ['controlling-terminal', 'foreground-process-group'], {
    'session-leader': withSecondFork,
    'controlling-terminal': detaching,
    'foreground-process-group': detaching,
  }),
  sysvButFor('terminal-descriptors', 'keeps-terminal-on-seven'),
  sysvButFor('terminal-descriptors', 'worker-keeps-terminal'),
];

const ofFiles: readonly Expectation[] = [
  fixture('defects/keeps-mask', {
    repeats: 'recipes/sysv',
    shows: ['inherited-file-mode-creation-mask'],
    fails: and(withoutIds(sysv, 'file-mode-creation-mask'), {
      'file-mode-creation-mask': withMaskZero,
      'inherited-file-mode-creation-mask': [...withMaskZero, 'apue'],
    }),
  }),
  // The profiles of daemon(3) already miss the inherited mask in the recipe.
  sysvBut('other-mask', ['file-mode-creation-mask'], { 'file-mode-creation-mask': withMaskZero }),
  sysvBut('mask-in-one-thread', ['file-mode-creation-mask'], { 'file-mode-creation-mask': withMaskZero }),
  sysvButFor('working-directory', 'stays-in-directory'),
  sysvButFor('working-directory', 'stays-in-removed-directory'),
  sysvButFor('working-directory', 'directory-in-one-thread'),
  sysvButFor('root-directory', 'changes-root', { needsRoot: true }),
];

const ofDescriptors: readonly Expectation[] = [
  sysvButFor('closed-standard-streams', 'loses-closed-streams', {
    either: [{ id: 'ready-at-return', because: 'the pipe is lost on which its starter waits' }],
  }),
  sysvButFor('inherited-descriptors', 'keeps-low-descriptors'),
  sysvButFor('inherited-descriptors', 'keeps-copy-of-descriptor'),
  sysvButFor('inherited-descriptors-above-limit', 'closes-to-soft-limit'),
  sysvButFor('standard-streams', 'keeps-standard-streams'),
  sysvButFor('standard-streams', 'closes-standard-streams'),
  sysvButFor('standard-streams', 'null-is-a-file'),
  sysvButFor('standard-streams', 'null-is-another-device'),
  sysvButFor('standard-streams', 'null-is-for-reading'),
  sysvButFor('standard-streams', 'streams-on-deleted-file'),
  sysvButFor('worker-descriptors', 'hands-on-descriptors'),
  ...['supervised-replaces-streams', 'supervised-captures-itself'].map((name) =>
    fixture(`defects/${name}`, {
      starts: ['supervised', 'captured'],
      foreground: true,
      repeats: 'recipes/supervised',
      shows: ['kept-standard-streams'],
      fails: and(stays, { 'kept-standard-streams': ['supervised'] }),
    }),
  ),
];

const ofSignals: readonly Expectation[] = [
  sysvButFor('ignored-sigchld', 'keeps-ignored-sigchld', { starts: planted }),
  sysvButFor('ignored-signals', 'keeps-ignored-signals', { starts: planted }),
  sysvButFor('ignored-sigpipe', 'keeps-ignored-sigpipe', { starts: planted }),
  sysvButFor('signal-mask', 'keeps-signal-mask', { starts: planted }),
  sysvButFor('signal-mask', 'signal-mask-in-one-thread', { starts: planted }),
  sysvButFor('pending-signals', 'leaves-signal-pending'),
  fixture('defects/ignores-stop-signals', {
    repeats: 'recipes/sysv',
    shows: ['job-control-dispositions'],
    fails: and(withoutIds(sysv, 'job-control-dispositions'), { 'job-control-dispositions': ['sysv'] }),
  }),
  fixture('defects/ignores-sighup', {
    repeats: 'recipes/sysv',
    shows: ['sighup-disposition'],
    fails: and(withoutIds(sysv, 'sighup-disposition'), { 'sighup-disposition': ['sysv'] }),
  }),
];

const ofEnvironment: readonly Expectation[] = [
  executedFixture('defects/hands-on-environment', {
    starts: planted,
    repeats: 'recipes/sysv',
    shows: ['environment'],
    fails: and(sysv, { environment: detaching }),
  }),
  fixture('defects/keeps-nice-value', {
    starts: planted,
    repeats: 'recipes/own-priority',
    shows: ['nice-value'],
    fails: and(sysvUnplanted, { 'nice-value': detaching }),
  }),
  fixture('defects/keeps-oom-score-adjustment', {
    starts: planted,
    repeats: 'recipes/own-priority',
    shows: ['oom-score-adjustment'],
    fails: and(sysvUnplanted, { 'oom-score-adjustment': detaching }),
  }),
  fixture('defects/allows-core', {
    repeats: 'recipes/pep3143',
    shows: ['resource-limits'],
    fails: and(failuresOf('recipes/pep3143'), { 'resource-limits': ['pep3143'] }),
    either: doesNotWait,
  }),
];

const ofPrivileges: readonly Expectation[] = [
  sysvBut(
    'keeps-capabilities',
    ['capabilities'],
    { capabilities: ['sysv', 'pep3143'] },
    { needsRoot: true, declares: nobody },
  ),
  sysvButFor('supplementary-groups', 'keeps-groups', { needsRoot: true, declares: nobody }),
  sysvButFor('user-ids', 'keeps-saved-user', { needsRoot: true, declares: nobody }),
];

export const defects: readonly Expectation[] = [
  ...ofProcess,
  ...ofSession,
  ...ofTerminal,
  ...ofFiles,
  ...ofDescriptors,
  ...ofSignals,
  ...ofEnvironment,
  ...ofPrivileges,
];
