/** Facts the golden reports are made of: the right daemon of all tests, as user ann started it in a directory of hers. */

import type { Descriptor, SignalSets } from '../../facts/process.ts';
import type { LaunchFacts, ObservedProcess } from '../../facts/run.ts';
import { cleanRun, nullDescriptor, rightDaemon as pattern } from '../../judge/example-run.ts';

export const nullDevice = (fd: number): Descriptor => ({ ...nullDescriptor, fd, identity: '0:5:4' });

export const noSignals: SignalSets = { blocked: [], ignored: [], caught: [], pending: [] };

export const launchFacts: LaunchFacts = {
  ...cleanRun.launch,
  session: 4011,
  processGroup: 4019,
  terminal: '136:3',
  workingDirectory: '/home/ann/exampled',
};

export const rightDaemon: ObservedProcess = {
  ...pattern,
  pid: 4021,
  parent: { pid: 4011, role: 'subreaper' },
  processGroup: 4020,
  session: 4020,
  executable: '/home/ann/exampled/exampled',
  commandLine: ['./exampled', '--port=8080'],
  startTime: 812345,
  threadFacts: [{ tid: 4021, blocked: [], fileModeCreationMask: '0000', workingDirectory: '/' }],
  descriptors: [nullDevice(0), nullDevice(1), nullDevice(2)],
  limits: { core: { soft: 0, hard: 'unlimited' }, nofile: { soft: 1024, hard: 1048576 } },
};
