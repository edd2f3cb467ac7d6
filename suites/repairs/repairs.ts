/** The edits of a program, in the order in which daemon(7), SysV Daemons, has the steps. */

import type { Repair } from '../../harness/judge/repair.ts';

export const repairs: readonly Repair[] = [
  {
    id: 'open-streams',
    change: 'First of all make sure that 0, 1 and 2 are open, on the null device if they were not.',
    repairs: ['closed-standard-streams'],
  },
  {
    id: 'close-descriptors',
    change: 'Close every descriptor from 3 up before anything of your own is opened.',
    repairs: [
      'inherited-descriptors',
      'inherited-descriptors-above-limit',
      'inherited-lock',
      'inherited-pipe',
      'descriptor-limit-cost',
    ],
    mayRepair: ['terminal-descriptors', 'captured-output', 'pinned-filesystem', 'worker-descriptors'],
  },
  {
    id: 'reset-dispositions',
    change: 'Set every signal to its default before your own handlers are installed.',
    repairs: ['ignored-signals', 'ignored-sigpipe', 'ignored-sigchld', 'ignored-sigchld-start'],
    mayRepair: ['job-control-dispositions', 'sighup-disposition'],
  },
  {
    id: 'empty-mask',
    change: 'Empty the signal mask before any thread is created.',
    repairs: ['signal-mask', 'termination-after-hostile-start'],
  },
  {
    id: 'clear-environment',
    change: 'Clear the environment, and set the few variables the daemon needs.',
    repairs: ['environment'],
  },
  {
    id: 'fork',
    change:
      'Call fork(2), in place of what puts the program into the background now, and let the original process wait until the daemon tells it over a pipe that it is ready.',
    repairs: [
      'starter-return',
      'detached-start',
      'ready-at-return',
      'readiness',
      'leader-start',
      'start-failure',
    ],
    mayRepair: ['startup-termination', 'starter-exit-status', 'stability', 'background-start'],
  },
  {
    id: 'setsid',
    change: 'Call setsid(2) in the child of the first fork(2).',
    repairs: [
      'session',
      'process-group',
      'foreground-process-group',
      'keyboard-signals',
      'logout',
      'session-sighup',
    ],
    mayRepair: [
      'controlling-terminal',
      'terminal-hangup',
      'terminal-acquisition',
      'run-state',
      'launch-session',
    ],
    endangers: ['session-leader'],
  },
  {
    id: 'second-fork',
    change: 'Call fork(2) once more after setsid(2), and let the parent end with _exit(2).',
    repairs: ['session-leader'],
    mayRepair: ['terminal-acquisition', 'parent-process', 'lingering-intermediate'],
  },
  {
    // As long as it can still say what is wrong with it.
    id: 'pidfile',
    change:
      'Open the pidfile without following links, lock it for as long as the daemon runs, and write the ID of the process that stays.',
    repairs: ['pidfile', 'second-start', 'stale-pidfile', 'planted-pidfile', 'concurrent-start'],
    mayRepair: ['pidfile-mode'],
  },
  {
    id: 'null-streams',
    change: 'Put the null device on 0, 1 and 2.',
    repairs: ['standard-streams', 'terminal-output', 'output-after-hangup'],
    mayRepair: ['captured-output', 'terminal-descriptors', 'terminal-hangup', 'run-state'],
  },
  {
    id: 'umask',
    change: 'Set the file mode creation mask to a value of your own.',
    repairs: ['file-mode-creation-mask', 'inherited-file-mode-creation-mask', 'created-file-modes'],
    mayRepair: ['foreground-parity'],
  },
  {
    id: 'chdir',
    change:
      'Change to the root directory, or to that of the daemon’s own data, and see whether that succeeded.',
    repairs: ['working-directory', 'unreachable-directory'],
    mayRepair: ['pinned-filesystem'],
  },
  {
    id: 'end-workers',
    change: 'Let the daemon end its workers before it ends.',
    repairs: ['termination-survivors'],
  },
];
