/** One finding of every kind, as probes make them. */

import type { Probes } from '../../observe/finding.ts';

const holder = { pid: 4021, name: 'exampled', descriptors: [1, 2] };
const remaining = { pid: 4022, name: 'exampled' };
const pidfile = {
  kind: 'file',
  text: '4021\n',
  mode: '0644',
  userId: 0,
  identity: '2049:131',
} as const;
const refused = { ending: 'exit status 1', said: 'already running', left: [] };

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
    noiseMs: 0.2,
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
  pidfile: {
    kind: 'pidfile',
    path: '/run/exampled.pid',
    atReturn: { absent: 'ENOENT' },
    settled: pidfile,
    daemon: 4021,
    survivors: [remaining],
    userId: 1000,
  },
  'planted-pidfile': {
    kind: 'plantings',
    path: '/run/exampled.pid',
    plantings: [{ planted: 'hard link', changed: ['its content'], start: refused }],
  },
  'stale-pidfile': {
    kind: 'stale-starts',
    path: '/run/exampled.pid',
    starts: [{ named: 'another', pid: 4011, start: refused, signals: ['SIGTERM'] }],
  },
  'second-start': {
    kind: 'second-start',
    path: '/run/exampled.pid',
    first: 4021,
    firstIsThere: true,
    second: refused,
    before: pidfile,
    after: pidfile,
  },
  'concurrent-start': { kind: 'races', racers: 8, survivors: [1, 2], said: ['already running'] },
  'partial-pidfile': {
    kind: 'glimpses',
    path: '/run/exampled.pid',
    attempts: 20,
    looks: 9000,
    unfinished: [{ read: '', became: '4021\n', afterMs: 1.5 }],
  },
  readiness: {
    kind: 'readiness',
    command: 'nc -z localhost 8080',
    ending: 'exit status 1',
    said: '',
    begunAfterMs: 0.25,
    succeededAfterMs: 40.5,
  },
  'start-failure': { kind: 'started', foreground: false, start: refused, pidfile: null },
  'created-file-modes': {
    kind: 'created-files',
    directories: ['/var/lib/exampled'],
    files: [{ path: '/var/lib/exampled/log', kind: 'file', mode: '0666' }],
  },
  'pinned-filesystem': {
    kind: 'pins',
    directory: '/tmp/launch/directory',
    pins: [{ ...remaining, what: 'cwd' }],
    unmounted: 'EBUSY',
  },
  'foreground-parity': {
    kind: 'parity',
    masks: { foreground: '0022', daemon: '0000' },
    files: [{ path: '/var/lib/exampled/log', foreground: '0644', daemon: '0666' }],
  },
  'armed-alarm': { kind: 'alarm', alarmMs: 300, expiredAfterMs: 301.5, start: refused, daemon: null },
  liveness: {
    kind: 'liveness',
    pid: 4021,
    watchedMs: 500.5,
    cpuMs: 490,
    runnableMs: 499.5,
    alive: true,
    threads: 1,
    evidence: ['/proc/4021/stat fields 14 and 15 (utime, stime)'],
  },
  logout: { kind: 'unavailable', unavailable: 'the launch for it came to no daemon', wouldHelp: null },
  'sighup-reload': { kind: 'not-run', notRun: 'it is not declared' },
};
