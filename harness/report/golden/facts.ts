/** Facts the golden reports are made of: a right SysV daemon and its standard streams. */

import type { Descriptor, SignalSets } from '../../facts/process.ts';
import type { LaunchFacts, ObservedProcess } from '../../facts/run.ts';

export function nullDevice(fd: number): Descriptor {
  return {
    fd,
    target: '/dev/null',
    kind: 'null-device',
    access: 'read-write',
    device: '1:3',
    identity: '0:5:4',
    deleted: false,
    closeOnExec: false,
    planted: null,
  };
}

export const noSignals: SignalSets = { blocked: [], ignored: [], caught: [], pending: [] };

export const launchFacts: LaunchFacts = {
  session: 4011,
  processGroup: 4019,
  terminal: '136:3',
  fileModeCreationMask: 0o022,
  workingDirectory: '/home/ann/exampled',
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

export const rightDaemon: ObservedProcess = {
  pid: 4021,
  role: 'daemon',
  parent: { pid: 4011, role: 'subreaper' },
  processGroup: 4020,
  session: 4020,
  terminal: null,
  foregroundProcessGroup: -1,
  fileModeCreationMask: '0000',
  workingDirectory: '/',
  workingDirectoryRemoved: false,
  rootDirectory: '/',
  executable: '/home/ann/exampled/exampled',
  commandName: 'exampled',
  commandLine: ['./exampled', '--port=8080'],
  state: 'S',
  startTime: 812345,
  threads: 1,
  threadFacts: [{ tid: 4021, blocked: [], fileModeCreationMask: '0000', workingDirectory: '/' }],
  descriptors: [nullDevice(0), nullDevice(1), nullDevice(2)],
  signals: { ...noSignals, caught: ['SIGTERM'] },
  userIds: { real: 1000, effective: 1000, saved: 1000 },
  groupIds: { real: 1000, effective: 1000, saved: 1000 },
  supplementaryGroups: [1000],
  nice: 0,
  oomScoreAdjustment: 0,
  limits: { core: { soft: 0, hard: 'unlimited' }, nofile: { soft: 1024, hard: 1048576 } },
  capabilities: { permitted: [], effective: [], inheritable: [], ambient: [], noNewPrivileges: false },
  environmentMarker: false,
  sessionVariables: [],
  waiting: 'without-timeout',
};
