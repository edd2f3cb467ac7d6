/** The facts of a right SysV daemon after a clean and after a hostile start, as a pattern for tests. */

import type { Descriptor } from '../facts/process.ts';
import type { Establishment, LaunchFacts, ObservedProcess, Run } from '../facts/run.ts';

/** The starter is 300, the session leader between 301, the daemon 302; the shell in whose session it started 100. */
const shell = 100;
const starter = 300;

export const nullDescriptor: Descriptor = {
  fd: 0,
  target: '/dev/null',
  kind: 'null-device',
  access: 'read-write',
  device: '1:3',
  identity: '5:4',
  deleted: false,
  closeOnExec: false,
  planted: null,
};

export const rightDaemon: ObservedProcess = {
  pid: 302,
  role: 'daemon',
  parent: { pid: 99, role: 'subreaper' },
  processGroup: 301,
  session: 301,
  terminal: null,
  foregroundProcessGroup: -1,
  fileModeCreationMask: '0000',
  workingDirectory: '/',
  workingDirectoryRemoved: false,
  rootDirectory: '/',
  executable: '/usr/sbin/exampled',
  commandName: 'exampled',
  commandLine: ['exampled'],
  state: 'S',
  startTime: 7000,
  threads: 1,
  threadFacts: [{ tid: 302, blocked: [], fileModeCreationMask: '0000', workingDirectory: '/' }],
  descriptors: [nullDescriptor, { ...nullDescriptor, fd: 1 }, { ...nullDescriptor, fd: 2 }],
  signals: { blocked: [], ignored: [], caught: ['SIGTERM'], pending: [] },
  userIds: { real: 1000, effective: 1000, saved: 1000 },
  groupIds: { real: 1000, effective: 1000, saved: 1000 },
  supplementaryGroups: [1000],
  nice: 0,
  oomScoreAdjustment: 0,
  limits: { core: { soft: 0, hard: 'unlimited' }, nofile: { soft: 1024, hard: 4096 } },
  capabilities: { permitted: [], effective: [], inheritable: [], ambient: [], noNewPrivileges: false },
  environmentMarker: false,
  sessionVariables: [],
  waiting: 'without-timeout',
};

export const rightWorker: ObservedProcess = {
  ...rightDaemon,
  pid: 303,
  role: 'worker',
  parent: { pid: 302, role: 'other' },
  threadFacts: [{ tid: 303, blocked: [], fileModeCreationMask: '0000', workingDirectory: '/' }],
};

const launch: LaunchFacts = {
  session: shell,
  processGroup: starter,
  terminal: '136:4',
  fileModeCreationMask: 0o022,
  workingDirectory: '/home/ann',
  rootDirectory: '/',
  userId: 1000,
  groupId: 1000,
  supplementaryGroups: [1000],
  nullDevice: '1:3',
  planted: {},
  captured: {},
  nice: 0,
  oomScoreAdjustment: 0,
  softDescriptorLimit: 1024,
};

const shown: Establishment = { established: true, seen: 'as asked' };

export const cleanRun: Run = {
  start: 'clean',
  established: { terminal: shown, 'standard-streams': shown },
  launch,
  starter: { pid: starter, exitCode: 0, signal: null, returnedAfterMs: 12, output: '' },
  daemon: rightDaemon.pid,
  processes: [rightDaemon],
  atReturn: [rightDaemon],
  later: null,
  settling: { by: 'asleep', afterMs: 14, stoodMs: 0, moving: [], snapshots: 2 },
  timeline: [],
  isolation: { processIds: true, files: true, network: true, ipc: true },
  sigchldDecides: null,
  leftBehind: [],
};

export const hostileRun: Run = {
  ...cleanRun,
  start: 'hostile',
  established: {
    terminal: shown,
    'standard-streams': shown,
    'file-mode-creation-mask': shown,
    'working-directory': shown,
    'planted-descriptors': shown,
    'planted-lock': shown,
    'soft-descriptor-limit': shown,
    'ignored-signals': shown,
    'blocked-signals': shown,
    'environment-marker': shown,
    'nice-value': shown,
    'oom-score-adjustment': shown,
  },
  launch: {
    ...launch,
    fileModeCreationMask: 0o053,
    workingDirectory: '/tmp/hostile-1',
    planted: { 17: 'locked-file', 19: 'pipe', 23: 'socket', 900: 'pipe-above-limit' },
    nice: 5,
    oomScoreAdjustment: 500,
    softDescriptorLimit: 256,
  },
};

/** Without a terminal, the program already a session leader. */
export const detachedRun: Run = {
  ...cleanRun,
  start: 'detached',
  established: {},
  launch: { ...launch, session: starter, processGroup: starter, terminal: null },
};

export const closedRun: Run = { ...cleanRun, start: 'closed', established: {} };

/** A program that stays in the foreground under a service manager. */
export const supervisedRun: Run = {
  ...detachedRun,
  start: 'supervised',
  starter: { pid: starter, exitCode: null, signal: null, returnedAfterMs: null, output: '' },
  daemon: null,
  processes: [
    {
      ...rightDaemon,
      pid: starter,
      role: 'starter',
      session: starter,
      processGroup: starter,
      threadFacts: [{ tid: starter, blocked: [], fileModeCreationMask: '0022', workingDirectory: '/' }],
      fileModeCreationMask: '0022',
      signals: { blocked: [], ignored: [], caught: ['SIGHUP', 'SIGTERM'], pending: [] },
      descriptors: [
        nullDescriptor,
        ...[1, 2].map((fd) => ({
          ...nullDescriptor,
          fd,
          target: 'socket:[71]',
          kind: 'socket' as const,
          access: 'read-write' as const,
          device: null,
          identity: '9:71',
        })),
      ],
    },
  ],
  atReturn: null,
};
