import type { Source } from '../../judge/requirement.ts';
import type { Run } from '../../observe/run.ts';
import type { Report, Result } from '../report.ts';
import { launchFacts, rightDaemon } from './facts.ts';

const sysv: Source = { work: 'daemon(7)', at: 'SysV Daemons, step 7' };

const held: Result = {
  id: 'session-leader',
  title: 'The daemon is not a session leader',
  level: 'must',
  outcome: 'pass',
  counts: true,
  expectedFailure: null,
  start: null,
  starts: { clean: 'pass', hostile: 'pass', captured: 'pass' },
  pid: null,
  expected: null,
  actual: null,
  because: null,
  wouldHelp: null,
  evidence: [],
  sources: [sysv, { work: 'POSIX.1-2024', at: 'XBD 11.1.3 The Controlling Terminal' }],
  remedy: 'Call fork(2) once more after setsid(2) and let the parent exit.',
};

const clean: Run = {
  start: 'clean',
  established: {
    terminal: { established: true, seen: 'tty_nr 34819' },
    'file-mode-creation-mask': { established: true, seen: '0022' },
  },
  launch: launchFacts,
  starter: { pid: 4019, exitCode: 0, signal: null, returnedAfterMs: 3.1, output: '' },
  daemon: 4021,
  processes: [rightDaemon],
  atReturn: [{ ...rightDaemon, workingDirectory: '/home/ann/exampled' }],
  later: null,
  settling: { by: 'asleep', afterMs: 4.2, snapshots: 3 },
  timeline: [
    { atMs: 0, pid: 4019, event: 'started', detail: './exampled --port=8080' },
    { atMs: 3.1, pid: 4019, event: 'starter-returned', detail: 'exit status 0' },
    { atMs: 4.2, pid: 4021, event: 'settled', detail: 'asleep in a wait without timeout' },
  ],
  leftBehind: [],
};

const hostile: Run = {
  ...clean,
  start: 'hostile',
  established: {
    'planted-lock': { established: false, because: 'ENOLCK: the file system knows no locks' },
    'nice-value': { established: true, seen: '5' },
  },
  launch: {
    ...launchFacts,
    fileModeCreationMask: 0o137,
    workingDirectory: '/tmp/daemon-conformance-7Yq0',
    planted: { 17: 'locked file', 19: 'pipe' },
    nice: 5,
    softDescriptorLimit: 256,
  },
  starter: { ...clean.starter, pid: 4029 },
  daemon: 4031,
  processes: [
    { ...rightDaemon, pid: 4031, session: 4030, processGroup: 4030, nice: 5, environmentMarker: true },
  ],
  atReturn: [],
};

const captured: Run = {
  ...clean,
  start: 'captured',
  launch: { ...launchFacts, terminal: null },
  starter: { ...clean.starter, pid: 4039 },
  daemon: 4041,
  processes: [{ ...rightDaemon, pid: 4041, session: 4040, processGroup: 4040 }],
};

export const conforming: Report = {
  schemaVersion: 1,
  tool: { name: 'daemon-conformance', version: '0.1.0' },
  platform: {
    id: 'linux-6.1.0-x64-glibc-2.36',
    os: 'linux',
    release: '6.1.0',
    arch: 'x64',
    libc: 'glibc-2.36',
    node: '20.20.2',
  },
  program: { argv: ['./exampled', '--port=8080'], path: '/home/ann/exampled/exampled', pid: null },
  profile: 'sysv',
  strict: false,
  policy: {
    fileModeCreationMask: { kind: 'exact', mask: 0 },
    workingDirectory: { kind: 'one-of', paths: ['/'] },
    standardStreams: { kind: 'null-device' },
    sessionLeader: 'must-not',
    mainProcesses: 1,
    sighup: ['default', 'caught'],
    jobControl: ['default'],
    coreLimit: null,
    nice: null,
    user: null,
    pidfile: null,
  },
  verdict: 'conforms',
  summary: { pass: 2, fail: 2, inconclusive: 1, inapplicable: 1 },
  runs: [clean, hostile, captured],
  results: [
    held,
    { ...held, id: 'session', title: 'The daemon is in a session of its own' },
    {
      ...held,
      id: 'environment',
      title: 'Something of the launching session is left in the environment',
      level: 'should',
      outcome: 'fail',
      counts: false,
      start: 'hostile',
      starts: { clean: 'pass', hostile: 'fail', captured: 'pass' },
      pid: 4031,
      expected: 'no planted variable',
      actual: 'the planted variable is still there',
      evidence: ['/proc/4031/environ holds a planted variable'],
      sources: [{ work: 'daemon(7)', at: 'SysV Daemons, step 4' }],
      remedy: 'Clear the environment, or keep only the variables the daemon reads.',
    },
    {
      ...held,
      id: 'nice-value',
      title: 'The nice value of the launcher is kept',
      level: 'may',
      outcome: 'fail',
      counts: false,
      start: 'hostile',
      starts: { hostile: 'fail' },
      pid: 4031,
      expected: 'a nice value of its own',
      actual: '5, as it was given',
      evidence: ['/proc/4031/stat field 19 (nice) = 5'],
      sources: [{ work: 'POSIX.1-2024', at: 'XSH nice()' }],
      remedy: 'Set the nice value with setpriority(2).',
    },
    {
      ...held,
      id: 'inherited-lock',
      title: 'No lock of the launcher is kept',
      level: 'may',
      outcome: 'inconclusive',
      counts: false,
      start: 'hostile',
      starts: { hostile: 'inconclusive' },
      because: 'the hostile start did not establish planted-lock: ENOLCK: the file system knows no locks',
      wouldHelp: 'set TMPDIR to a directory on a local file system',
    },
    {
      ...held,
      id: 'pidfile',
      title: 'The declared pidfile names the daemon',
      outcome: 'inapplicable',
      starts: {},
      because: 'no pidfile is declared',
    },
  ],
  profiles: {
    sysv: { verdict: 'conforms', failed: [], inconclusive: [] },
    'daemon3-bsd': { verdict: 'does-not-conform', failed: ['file-mode-creation-mask'], inconclusive: [] },
    'daemon3-glibc': { verdict: 'does-not-conform', failed: ['file-mode-creation-mask'], inconclusive: [] },
    apue: { verdict: 'conforms', failed: [], inconclusive: [] },
    pep3143: {
      verdict: 'does-not-conform',
      failed: ['job-control-dispositions', 'resource-limits'],
      inconclusive: [],
    },
    classic: { verdict: 'conforms', failed: [], inconclusive: [] },
    supervised: { verdict: 'not-judged', failed: [], inconclusive: ['foreground'] },
  },
};
