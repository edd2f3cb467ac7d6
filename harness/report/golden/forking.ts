/** A right daemon beside one that is seen at every step: what the pictures are drawn from. */

import type { ObservedProcess, Run } from '../../facts/run.ts';
import type { Report } from '../report.ts';
import { rightDaemon } from './facts.ts';
import { failing } from './failing.ts';

const [firstRun] = failing.runs;
if (firstRun === undefined) throw new Error('the failing report has no run');

const daemon: ObservedProcess = { ...rightDaemon, pid: 8022, session: 8021, processGroup: 8021 };
const worker: ObservedProcess = {
  ...daemon,
  pid: 8023,
  role: 'worker',
  parent: { pid: 8022, role: 'other' },
  commandName: 'exampled: pool',
};

/** Two forks with setsid(2) between them, then a worker. */
const clean: Run = {
  ...firstRun,
  start: 'clean',
  starter: { pid: 8020, exitCode: 0, signal: null, returnedAfterMs: 2.4, output: '' },
  daemon: 8022,
  processes: [daemon, worker],
  atReturn: [daemon],
  later: null,
  settling: { by: 'asleep', afterMs: 38, stoodMs: 0, moving: [], snapshots: 14 },
  timeline: [
    { atMs: 0, pid: 8020, event: 'started', detail: 'execve' },
    { atMs: 0.9, pid: 8021, event: 'appeared', detail: 'child of 8020, session 4011, group 8020' },
    { atMs: 1.2, pid: 8021, event: 'session-changed', detail: '4011 -> 8021' },
    { atMs: 1.2, pid: 8021, event: 'process-group-changed', detail: '8020 -> 8021' },
    { atMs: 1.2, pid: 8021, event: 'terminal-changed', detail: '/dev/pts/3 -> none' },
    { atMs: 1.9, pid: 8022, event: 'appeared', detail: 'child of 8021, session 8021, group 8021' },
    { atMs: 2.2, pid: 8021, event: 'ended', detail: 'exit status 0' },
    { atMs: 2.3, pid: 8022, event: 'parent-changed', detail: '8021 -> 4011' },
    { atMs: 2.4, pid: 8020, event: 'starter-returned', detail: 'exit status 0' },
    { atMs: 11, pid: 8022, event: 'executable-changed', detail: '/usr/bin/starter -> /usr/sbin/exampled' },
    { atMs: 22, pid: 8023, event: 'appeared', detail: 'child of 8022, session 8021, group 8021' },
    { atMs: 38, pid: 8022, event: 'settled', detail: 'asleep' },
  ],
  leftBehind: [],
};

/** The daemon is first seen when its parent is gone; nothing is known of what it was before. */
const hostile: Run = {
  ...clean,
  start: 'hostile',
  starter: { ...clean.starter, pid: 8030, returnedAfterMs: 0.4 },
  daemon: 8032,
  processes: [{ ...daemon, pid: 8032, session: 8032, processGroup: 8032 }],
  settling: { by: 'stood', afterMs: 271, stoodMs: 250, moving: [], snapshots: 28 },
  timeline: [
    { atMs: 0, pid: 8030, event: 'started', detail: 'execve' },
    { atMs: 0.4, pid: 8030, event: 'starter-returned', detail: 'exit status 0' },
    { atMs: 8.1, pid: 8032, event: 'appeared', detail: 'child of 4011, session 4011, group 8030' },
    { atMs: 12.5, pid: 8032, event: 'session-changed', detail: '4011 -> 8032' },
    { atMs: 12.5, pid: 8032, event: 'process-group-changed', detail: '8030 -> 8032' },
    { atMs: 271, pid: 8032, event: 'settled', detail: 'stood' },
  ],
};

/** It never returns. */
const captured: Run = {
  ...clean,
  start: 'captured',
  starter: { pid: 8040, exitCode: null, signal: null, returnedAfterMs: null, output: '' },
  daemon: null,
  processes: [{ ...daemon, pid: 8040, role: 'starter', session: 4011, processGroup: 8040 }],
  atReturn: null,
  settling: {
    by: 'deadline',
    afterMs: 10_000,
    stoodMs: 0,
    moving: ['process 5040 (exampled) was running'],
    snapshots: 900,
  },
  timeline: [
    { atMs: 0, pid: 8040, event: 'started', detail: 'execve' },
    { atMs: 10_000, pid: 8040, event: 'settled', detail: 'deadline' },
  ],
};

export const forking: Report = {
  ...failing,
  runs: [clean, hostile, captured],
  probes: {
    'leader-start': {
      kind: 'survival',
      attempts: 60,
      survived: 7,
      endings: [{ how: 'SIGHUP', count: 53 }],
      decidedBy: 'ended',
      afterMs: 3.2,
      reached: [8020],
      evidence: ['wait status of process 8125: SIGHUP'],
    },
    'descriptor-limit-cost': {
      kind: 'needless-calls',
      softLimit: 1_000_000,
      calls: 1021,
      mostCalls: 4096,
    },
    'partial-pidfile': {
      kind: 'appearance',
      path: '/run/exampled.pid',
      events: ['IN_MOVED_TO'],
      became: '4021\n',
    },
    'startup-termination': {
      kind: 'interruptions',
      sampledBecause: null,
      attempts: 20,
      untilMs: 4.8,
      clean: 20,
      left: [],
    },
    logout: {
      kind: 'survival',
      attempts: 1,
      survived: 1,
      endings: [],
      decidedBy: 'deadline',
      afterMs: 255,
      reached: [],
      evidence: [],
    },
  },
};
