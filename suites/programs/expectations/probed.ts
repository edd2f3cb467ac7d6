/** Fixtures and the requirements on behaviour each of them fails: exactly these. */

import type { Policy, ProfileName } from '../../../harness/judge/profile.ts';
import type { RequirementId } from '../../requirements/index.ts';

export interface Behaviour {
  readonly fixture: string;
  readonly fails: readonly RequirementId[];
  readonly profile: ProfileName;
  /** What the program declares of itself. */
  readonly declares: Partial<Policy>;
  /** It is given the path of a pidfile, which is declared as well. */
  readonly pidfile: boolean;
  /** What else it is given; {dir} stands for the directory of the program. */
  readonly arguments: readonly string[];
  readonly needsRoot: boolean;
  /** It creates files where its pidfile is, and that is declared. */
  readonly creates: boolean;
  /** How often the probes that repeat a launch do so; null leaves them out. */
  readonly repeat: number | null;
  /** On a quiet machine, milliseconds. */
  readonly deadlineMs: number;
}

/** Where nothing but the deadline ends the look at it, again and again: long after all its steps were taken. */
const cut = { deadlineMs: 2000 } as const;

function fixture(name: string, fails: readonly RequirementId[], how: Partial<Behaviour> = {}): Behaviour {
  return {
    fixture: name,
    fails,
    profile: 'sysv',
    declares: {},
    pidfile: false,
    needsRoot: false,
    arguments: [],
    creates: false,
    repeat: null,
    deadlineMs: 5000,
    ...how,
  };
}

function supervised(
  name: string,
  fails: readonly RequirementId[],
  declares: Partial<Policy> = {},
  how: Partial<Behaviour> = {},
): Behaviour {
  return fixture(name, fails, { profile: 'supervised', declares, ...how });
}

export const behaviours: readonly Behaviour[] = [
  // First, so that others run beside it.
  fixture('awkward/never-sleeps', ['liveness'], cut),
  fixture('recipes/sysv', []),
  fixture('recipes/own-priority', []),
  fixture('recipes/with-workers', []),
  fixture('recipes/runs-a-program', []),
  fixture('recipes/waits-for-signals', []),
  fixture('recipes/ends-slowly', []),
  fixture('recipes/counts-down', []),
  fixture('recipes/computes-first', []),
  fixture('defects/watches-terminal', ['logout', 'output-after-hangup', 'terminal-hangup']),
  fixture('defects/copies-captured-output', ['captured-output']),
  // Its starter does not wait, and the daemon is held before its first instruction when that returns.
  fixture('defects/speaks-too-late', ['ready-at-return', 'terminal-output']),
  fixture('defects/completes-after-return', ['leader-start', 'ready-at-return']),
  fixture('defects/speaks-before-detaching', ['background-start']),
  fixture('defects/refuses-termination', ['termination', 'termination-after-hostile-start']),
  fixture('defects/fails-at-termination', ['termination-status']),
  fixture('defects/leaves-workers', ['termination-survivors']),
  fixture('defects/ends-at-reload', []),
  fixture('defects/tries-every-descriptor', ['descriptor-limit-cost']),
  fixture('recipes/opens-terminal', [], { declares: { terminalArgument: '{}' } }),
  fixture('defects/acquires-opened-terminal', ['terminal-acquisition'], {
    declares: { terminalArgument: '{}' },
  }),
  fixture('defects/keeps-low-descriptors', ['inherited-lock', 'inherited-pipe']),
  fixture('defects/keeps-signal-mask', ['termination-after-hostile-start']),
  fixture('defects/stays-in-process-group', ['keyboard-signals', 'leader-start', 'logout', 'session-sighup']),
  fixture('defects/hands-on-descriptors', ['worker-descriptors', 'termination-survivors']),
  fixture('defects/ends-at-reload', ['sighup-reload'], { declares: { reload: true } }),
  fixture('defects/speaks-to-broken-pipe', ['captured-output', 'output-after-hangup'], {
    declares: { reload: true },
  }),
  fixture('recipes/sysv', [], { repeat: 20 }),
  fixture('defects/races-with-hangup', ['leader-start', 'ready-at-return'], { repeat: 20 }),
  fixture('defects/goes-on-without-starter', ['startup-termination'], { repeat: 20 }),
  // Where it has left the group and is not complete: before that SIGTERM ends it too, and afterwards it is a daemon.
  fixture('defects/reports-to-nobody', ['startup-termination'], { repeat: 20 }),
  fixture('recipes/locked-pidfile', [], {
    pidfile: true,
    creates: true,
    declares: { ready: 'test -s example.pid', failingArguments: ['/no/such/directory/x.pid'] },
  }),
  fixture('defects/names-starter-in-pidfile', ['pidfile'], { pidfile: true }),
  fixture('defects/names-starter-at-times', ['pidfile'], { pidfile: true, repeat: 20 }),
  fixture('defects/writes-pidfile-late', ['pidfile'], { pidfile: true }),
  fixture('defects/opens-pidfile-to-all', ['pidfile-mode'], { pidfile: true }),
  fixture('defects/follows-planted-pidfile', ['planted-pidfile'], { pidfile: true }),
  // The stale file it finds belongs to nobody, as its own does, or it could not start.
  fixture('defects/pidfile-of-its-user', ['pidfile-mode'], { pidfile: true, needsRoot: true }),
  fixture('defects/believes-pidfile', ['stale-pidfile'], { pidfile: true }),
  fixture('defects/empties-pidfile', ['termination-leftovers'], { pidfile: true }),
  fixture('defects/starts-beside-itself', ['second-start'], { pidfile: true }),
  fixture('defects/usable-too-late', ['readiness'], {
    pidfile: true,
    declares: { ready: 'test -e example.pid.usable' },
  }),
  fixture('defects/fails-in-silence', ['start-failure'], {
    pidfile: true,
    declares: { failingArguments: ['/no/such/directory/x.pid'] },
  }),
  fixture('defects/creates-for-all', ['created-file-modes'], { pidfile: true, creates: true }),
  fixture('recipes/locked-pidfile', [], { pidfile: true, repeat: 4 }),
  fixture('defects/starts-beside-itself', ['concurrent-start', 'second-start'], { pidfile: true, repeat: 4 }),
  fixture('defects/races-for-pidfile', ['concurrent-start'], { pidfile: true, repeat: 4 }),
  fixture('defects/writes-pidfile-in-pieces', ['partial-pidfile'], { pidfile: true, repeat: 4 }),
  fixture('recipes/works-in-directory', [], { declares: { directoryArgument: '{}' } }),
  fixture('defects/goes-on-without-directory', ['unreachable-directory'], {
    declares: { directoryArgument: '{}' },
  }),
  fixture('defects/slow-under-alarm', ['armed-alarm']),
  fixture('defects/needs-path', ['empty-environment']),
  fixture('recipes/also-in-foreground', [], { declares: { foregroundArguments: ['--foreground'] } }),
  fixture('defects/own-mask-in-foreground', ['foreground-parity'], {
    declares: { foregroundArguments: ['--foreground'] },
  }),
  fixture('defects/stays-in-directory', ['pinned-filesystem']),
  supervised('recipes/supervised', []),
  supervised('awkward/waits-for-its-turn', [], {}, { arguments: ['{dir}/turn.lock'] }),
  supervised('recipes/supervised-notify', [], { notify: true, reload: true, ready: 'true' }),
  supervised('recipes/supervised', ['readiness-notification', 'stop-notification'], { notify: true }, cut),
  supervised('recipes/supervised-notify', ['readiness-notification'], { ready: 'false' }),
  supervised('defects/notifies-from-child', ['readiness-notification']),
  supervised('defects/stops-in-silence', ['stop-notification']),
  supervised('defects/reloads-in-silence', ['stop-notification'], { reload: true }),
  supervised('defects/feeds-watchdog-late', ['watchdog']),
];
