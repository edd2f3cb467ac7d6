import { sysv } from '../../../suites/profiles/sysv.ts';
import type { Run } from '../../facts/run.ts';
import { cleanRun } from '../../judge/example-run.ts';
import type { Report } from '../report.ts';
import { launchFacts, rightDaemon } from './facts.ts';
import { resultOf } from './result-of.ts';

const clean: Run = {
  ...cleanRun,
  established: {
    terminal: { established: true, seen: 'tty_nr 34819' },
    'file-mode-creation-mask': { established: true, seen: '0022' },
  },
  launch: launchFacts,
  starter: { pid: 4019, exitCode: 0, signal: null, returnedAfterMs: 3.1, output: '' },
  daemon: 4021,
  processes: [rightDaemon],
  atReturn: [{ ...rightDaemon, workingDirectory: '/home/ann/exampled' }],
  settling: { by: 'asleep', afterMs: 4.2, stoodMs: 0, moving: [], snapshots: 3 },
  timeline: [
    { atMs: 0, pid: 4019, event: 'started', detail: './exampled --port=8080' },
    { atMs: 3.1, pid: 4019, event: 'starter-returned', detail: 'exit status 0' },
    { atMs: 4.2, pid: 4021, event: 'settled', detail: 'asleep in a wait without timeout' },
  ],
};

const hostile: Run = {
  ...clean,
  start: 'hostile',
  established: {
    'oom-score-adjustment': { established: false, because: 'EROFS: /proc is mounted read-only' },
    'nice-value': { established: true, seen: '5' },
  },
  launch: {
    ...launchFacts,
    fileModeCreationMask: 0o053,
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
  startedAt: '2026-01-02T03:04:05.678Z',
  durationMs: 1_234,
  profile: 'sysv',
  strict: false,
  policy: sysv.policy,
  verdict: 'conforms',
  summary: { pass: 2, fail: 2, inconclusive: 1, inapplicable: 1 },
  runs: [clean, hostile, captured],
  probes: {},
  changes: [],
  results: [
    resultOf('session-leader', { starts: { clean: 'pass', hostile: 'pass', captured: 'pass' } }),
    resultOf('session', { starts: { clean: 'pass', hostile: 'pass', captured: 'pass' } }),
    resultOf('environment', {
      outcome: 'fail',
      start: 'hostile',
      starts: { clean: 'pass', hostile: 'fail', captured: 'pass' },
      pid: 4031,
      expected: 'a planted variable is gone',
      actual: '/usr/sbin/exampled-helper was started with it',
      evidence: ['/proc/4031/environ holds a planted variable'],
    }),
    resultOf('nice-value', {
      outcome: 'fail',
      start: 'hostile',
      starts: { hostile: 'fail' },
      pid: 4031,
      expected: 'not 5, with which it was started',
      actual: '5',
      evidence: ['/proc/4031/stat field 19 (nice) = 5'],
    }),
    resultOf('oom-score-adjustment', {
      outcome: 'inconclusive',
      start: 'hostile',
      starts: { hostile: 'inconclusive' },
      because: 'the hostile start did not establish oom-score-adjustment: EROFS: /proc is mounted read-only',
      wouldHelp: 'daemon-conformance doctor says what this machine can launch',
    }),
    resultOf('pidfile', {
      outcome: 'inapplicable',
      because: 'no pidfile is declared',
    }),
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
