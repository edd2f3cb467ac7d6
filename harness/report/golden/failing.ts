/** A report in which something of every kind fails. */

import { guide } from '../../../suites/repairs/guide.ts';
import type { Result } from '../../facts/result.ts';
import type { ObservedProcess, Run } from '../../facts/run.ts';
import type { Step, Trace } from '../../facts/trace.ts';
import { cleanRun } from '../../judge/example-run.ts';
import { fixList } from '../../judge/repair.ts';
import type { Report } from '../report.ts';
import { conforming } from './conforming.ts';
import { launchFacts, nullDevice, rightDaemon } from './facts.ts';
import { probes } from './probes.ts';
import { resultOf } from './result-of.ts';

const daemon: ObservedProcess = {
  ...rightDaemon,
  pid: 5021,
  parent: { pid: 1, role: 'init' },
  session: 5021,
  processGroup: 5021,
  fileModeCreationMask: '0022',
  workingDirectory: '/home/ann/exampled',
  descriptors: [
    nullDevice(0),
    { ...nullDevice(1), target: '/dev/pts/3', kind: 'terminal', device: '136:3', identity: '0:24:6' },
  ],
};

const worker: ObservedProcess = {
  ...daemon,
  pid: 5022,
  role: 'worker',
  parent: { pid: 5021, role: 'other' },
  commandName: 'exampled: pool 1',
  descriptors: { unreadable: 'EACCES on /proc/5022/fd' },
};

const step = (atMs: number, pid: number, call: Step['call'], ...given: readonly string[]): Step => ({
  atMs,
  pid,
  call,
  arguments: given,
  result: '0',
  errno: null,
});

const trace: Trace = {
  kind: 'traced',
  by: 'strace 6.1',
  processes: [
    { pid: 5120, parent: null, role: 'starter', ending: 'exit status 0' },
    { pid: 5121, parent: 5120, role: 'daemon', ending: null },
    { pid: 5122, parent: 5121, role: 'survivor', ending: null },
  ],
  steps: [
    step(0, 5120, 'execve', '"/usr/sbin/exampled"'),
    step(1.25, 5120, 'sigaction', 'SIGHUP', 'SIG_IGN'),
    step(1.5, 5120, 'sigaction', 'SIGPIPE', 'SIG_IGN'),
    { ...step(2, 5120, 'fork'), result: '5121' },
    { ...step(2.5, 5121, 'setsid'), result: '5121' },
    { ...step(2.75, 5120, 'exit', '0'), result: null },
    { ...step(3, 5121, 'chdir', '"/var/lib/exampled"'), result: null, errno: 'ENOENT' },
    step(3.25, 5121, 'close', '3', '255'),
    { ...step(3.5, 5121, 'open', '"/dev/null"', 'O_RDWR'), result: '3</dev/null>' },
    step(3.75, 5121, 'dup2', '3</dev/null>', '0'),
    { ...step(4, 5121, 'fork'), result: '5122' },
  ],
  left: 3,
};

const clean: Run = {
  ...cleanRun,
  established: { terminal: { established: true, seen: 'tty_nr 34819' } },
  launch: launchFacts,
  starter: { pid: 5020, exitCode: 0, signal: null, returnedAfterMs: 12, output: 'exampled: starting\r\n' },
  daemon: 5021,
  processes: [daemon, worker],
  atReturn: [daemon],
  later: [daemon, worker],
  settling: { by: 'stood', afterMs: 270.5, stoodMs: 250, moving: [], snapshots: 31 },
  timeline: [{ atMs: 12, pid: 5020, event: 'starter-returned', detail: 'exit status 0' }],
  trace,
  isolation: { processIds: false, files: false, network: false, ipc: false },
  leftBehind: [{ pid: 5021, because: 'EPERM: it runs as user 33' }],
};

const hostile: Run = {
  ...clean,
  start: 'hostile',
  starter: {
    pid: 5030,
    exitCode: 3,
    signal: null,
    returnedAfterMs: 8,
    output:
      'exampled: reading config\nexampled: cannot open log: Permission denied\n\ttried /var/log/exampled\n',
  },
  daemon: null,
  processes: [],
  atReturn: [],
  later: null,
  settling: { by: 'nothing-left', afterMs: 8, stoodMs: 0, moving: [], snapshots: 1 },
  trace: {
    kind: 'untraced',
    because: 'under strace it did not settle in time',
    wouldHelp: 'a longer --timeout',
  },
  leftBehind: [],
};

const captured: Run = {
  ...clean,
  start: 'captured',
  starter: { pid: 5040, exitCode: null, signal: null, returnedAfterMs: null, output: '' },
  daemon: null,
  processes: [{ ...daemon, pid: 5040, role: 'starter', terminal: null, session: 4011, processGroup: 5040 }],
  atReturn: null,
  later: null,
  settling: {
    by: 'deadline',
    afterMs: 10_000,
    stoodMs: 0,
    moving: ['process 5040 (exampled) was running'],
    snapshots: 900,
  },
  isolation: { processIds: false, files: false, network: false, ipc: false },
  sigchldDecides: null,
  leftBehind: [],
};

const results: readonly Result[] = [
  resultOf('run-state', { starts: { clean: 'pass' } }),
  resultOf('session-leader', {
    outcome: 'fail',
    start: 'clean',
    starts: { clean: 'fail', captured: 'inapplicable' },
    pid: 5021,
    expected: 'session ID differs from process ID',
    actual: 'both are 5021',
    step: 'setsid(2) succeeded, no fork(2) followed',
    evidence: ['/proc/5021/stat field 6 (session) = 5021'],
  }),
  resultOf('starter-return', {
    outcome: 'fail',
    start: 'captured',
    starts: { clean: 'pass', hostile: 'pass', captured: 'fail' },
    expected: 'the starter returns',
    actual: 'process 5040 was still there at the deadline',
    evidence: ['/proc/5040/stat field 3 (state) = S'],
  }),
  resultOf('terminal-descriptors', {
    outcome: 'inconclusive',
    start: 'clean',
    starts: { clean: 'inconclusive', captured: 'pass' },
    pid: 5022,
    because: 'descriptors of process 5022 could not be read: EACCES on /proc/5022/fd',
    wouldHelp: 'run as root, or as the user the process runs as',
  }),
  resultOf('working-directory', {
    outcome: 'fail',
    expectedFailure: 'issue 17: moves to / in version 2',
    starts: { clean: 'fail' },
    pid: 5021,
    expected: '/',
    actual: '/home/ann/exampled',
    evidence: ['/proc/5021/cwd -> /home/ann/exampled'],
  }),
  resultOf('file-mode-creation-mask', {
    expectedFailure: 'kept from version 1',
    starts: { clean: 'pass' },
  }),
  resultOf('environment', {
    outcome: 'fail',
    starts: { clean: 'fail' },
    pid: 5022,
    expected: 'no login-session variable',
    actual: 'TERM, SSH_TTY',
    evidence: ['/proc/5022/environ holds TERM, SSH_TTY'],
  }),
  resultOf('nice-value', {
    outcome: 'fail',
    starts: { hostile: 'fail' },
    pid: 5021,
    expected: 'not 5, with which it was started',
    actual: '5',
    evidence: ['/proc/5021/stat field 19 (nice) = 5'],
  }),
];

export const failing: Report = {
  ...conforming,
  verdict: 'does-not-conform',
  summary: { pass: 2, fail: 5, inconclusive: 1, inapplicable: 0 },
  runs: [clean, hostile, captured],
  probes,
  changes: fixList(results, [clean, hostile, captured], guide, 'c'),
  results,
  profiles: {
    ...conforming.profiles,
    sysv: { verdict: 'does-not-conform', failed: ['session-leader', 'starter-return'], inconclusive: [] },
    apue: { verdict: 'not-judged', failed: [], inconclusive: ['terminal-descriptors'] },
  },
};
