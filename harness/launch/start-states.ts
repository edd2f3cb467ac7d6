/**
 * The start states a program can be launched from, as data. Source of each dimension: what exec() hands on
 * (POSIX.1-2024 XSH exec, DESCRIPTION) and what a login shell, cron, ssh and a service manager really hand on.
 */

import type { StartName, StartState } from '../facts/start-state.ts';

const clean: StartState = {
  name: 'clean',
  summary: 'foreground job on a terminal, umask 022, nothing inherited',
  terminal: 'foreground',
  foregroundKept: false,
  sessionLeader: false,
  standardStreams: 'terminal',
  fileModeCreationMask: 0o022,
  freshDirectory: false,
  plantDescriptors: false,
  softDescriptorLimit: null,
  ignored: [],
  blocked: [],
  environmentMarker: false,
  nice: null,
  oomScoreAdjustment: null,
  alarmMs: null,
  ownFileSystem: false,
  notifySocket: false,
};

export const startStates: Readonly<Record<StartName, StartState>> = {
  clean,
  hostile: {
    ...clean,
    name: 'hostile',
    summary: 'as clean, with everything planted that exec hands on',
    // Odd enough to be nobody's own choice, and the owner keeps all: a directory that it makes can be entered.
    fileModeCreationMask: 0o053,
    freshDirectory: true,
    plantDescriptors: true,
    softDescriptorLimit: 256,
    ignored: ['SIGUSR1', 'SIGPIPE', 'SIGCHLD', 'SIGTTIN'],
    blocked: ['SIGTERM', 'SIGUSR2', 'SIGALRM'],
    environmentMarker: true,
    nice: 5,
    oomScoreAdjustment: 500,
  },
  leader: {
    ...clean,
    name: 'leader',
    summary: 'the program itself is the session leader of the terminal (ssh -t host prog)',
    terminal: 'leader',
    sessionLeader: true,
  },
  captured: {
    ...clean,
    name: 'captured',
    summary: 'no terminal, output captured by pipes (CI, ssh host prog)',
    terminal: 'none',
    standardStreams: 'captured',
  },
  closed: {
    ...clean,
    name: 'closed',
    summary: 'descriptors 0, 1 and 2 closed',
    standardStreams: 'closed',
  },
  detached: {
    ...clean,
    name: 'detached',
    summary: 'no terminal, already a session leader (cron, containers)',
    terminal: 'none',
    sessionLeader: true,
    standardStreams: 'null',
  },
  supervised: {
    ...clean,
    name: 'supervised',
    summary: 'as a service manager starts it: session leader, no terminal, output to a socket, NOTIFY_SOCKET',
    terminal: 'none',
    sessionLeader: true,
    standardStreams: 'socket',
    notifySocket: true,
  },
};

/** To tell whether an ignored SIGCHLD is why a program does not start, and what else it inherits. */
export const hostileButForSigchld: StartState = {
  ...startStates.hostile,
  ignored: startStates.hostile.ignored.filter((name) => name !== 'SIGCHLD'),
};
