/** One finding of every kind, as probes make them. */

import type { Probes } from '../../observe/finding.ts';

const holder = { pid: 4021, name: 'exampled', descriptors: [1, 2] };
const remaining = { pid: 4022, name: 'exampled' };

export const probes: Probes = {
  'terminal-hangup': {
    kind: 'survival',
    attempts: 1,
    survived: 1,
    endings: [],
    decidedBy: 'nothing pending',
    afterMs: 1.5,
    reached: [],
    evidence: ['/proc/4021/status SigPnd | ShdPnd: none; SigBlk: none'],
  },
  'leader-start': {
    kind: 'survival',
    attempts: 60,
    survived: 57,
    endings: [{ how: 'SIGHUP', count: 3 }],
    decidedBy: 'ended',
    afterMs: 12.5,
    reached: [],
    evidence: ['wait status of process 4101: SIGHUP'],
  },
  'captured-output': {
    kind: 'channels',
    channels: [
      { name: 'stdout', closedAfterMs: 0.5, holders: [] },
      { name: 'stderr', closedAfterMs: null, holders: [holder] },
    ],
  },
  'inherited-lock': {
    kind: 'locks',
    locks: [{ name: 'flock', held: true, holders: [holder] }],
  },
  'terminal-output': { kind: 'late-output', text: 'running\r\n', holders: [] },
  'output-after-hangup': {
    kind: 'broken-output',
    outputs: [{ output: 'pipe', holders: [holder], wrote: true, ending: 'SIGPIPE' }],
  },
  'descriptor-limit-cost': {
    kind: 'cost',
    pairs: 3,
    usualLimit: 1024,
    usualMs: 2.5,
    raisedLimit: 1_000_000,
    raisedMs: 90.5,
  },
  'background-start': { kind: 'return', returnedAfterMs: null, ending: null, stopped: [remaining] },
  'terminal-acquisition': {
    kind: 'acquisition',
    terminal: '/dev/pts/7',
    opened: [holder],
    acquiredBy: [remaining],
  },
  termination: {
    kind: 'termination',
    pid: 4021,
    endedAfterMs: 3.5,
    exitCode: 0,
    signal: null,
    decidedBy: 'ended',
    survivors: [remaining],
    pidfileLeft: null,
    restarted: null,
    evidence: ['wait status of process 4021: exit status 0'],
  },
  'startup-termination': {
    kind: 'interruptions',
    attempts: 20,
    untilMs: 24.5,
    clean: 19,
    left: [{ offsetMs: 3.5, starter: 'SIGTERM', processes: [remaining], pidfile: false }],
  },
  logout: { kind: 'unavailable', unavailable: 'the launch for it came to no daemon', wouldHelp: null },
  'sighup-reload': { kind: 'not-run', notRun: 'it is not declared' },
};
