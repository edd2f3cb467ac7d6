import type { ObservedProcess, Run } from '../../facts/run.ts';
import { cleanRun } from '../../judge/example-run.ts';
import type { Report } from '../report.ts';
import { launchFacts, noSignals, rightDaemon } from './facts.ts';
import { failing } from './failing.ts';

/** What would leave a quotation, a comment, CDATA, a TAP line, a workflow command, a line and a terminal. */
const text = `"'\`\\ # ]]> --> <b>&amp; |\r\n::error::x\nok 1 \x1b]0;owned\x07\x1b[2J\x9b31m \u202egnp.exe\u2028 \ud800 %0A`;

const unread = { unreadable: `EACCES on ${text}` };

/** Every fact unreadable, with a reason that is hostile itself. */
const hidden = {
  ...Object.fromEntries(Object.keys(rightDaemon).map((name) => [name, unread])),
  pid: 6022,
  role: 'survivor',
} as ObservedProcess;

const named: ObservedProcess = {
  ...rightDaemon,
  pid: 6021,
  terminal: { device: '136:4', name: text },
  foregroundProcessGroup: 6020,
  workingDirectory: `/tmp/${text}`,
  rootDirectory: `/srv/${text}`,
  executable: `/tmp/${text} (deleted)`,
  commandName: text,
  commandLine: [text, '', '\0'],
  descriptors: [
    {
      fd: 0,
      target: `/tmp/${text}`,
      kind: 'file',
      access: 'unknown',
      device: null,
      identity: null,
      deleted: null,
      closeOnExec: null,
      planted: text,
    },
  ],
  signals: { ...noSignals, blocked: ['SIGRTMIN+3'], pending: ['SIGTERM'], ignoredOrDefault: ['SIGCHLD'] },
  oomScoreAdjustment: { unreadable: text, absent: true },
  sessionVariables: [text],
};

const run: Run = {
  ...cleanRun,
  established: { terminal: { established: false, because: text } },
  launch: { ...launchFacts, workingDirectory: `/tmp/${text}`, planted: { 17: text } },
  starter: {
    pid: 6020,
    exitCode: null,
    signal: 'SIGSEGV',
    returnedAfterMs: 1,
    output: `${text}\n`.repeat(40),
  },
  daemon: 6021,
  processes: [named, hidden],
  atReturn: null,
  settling: { by: 'deadline', afterMs: 10_000, stoodMs: 0, moving: [text], snapshots: 5 },
  timeline: [{ atMs: 1, pid: 6020, event: 'executable-changed', detail: text }],
  trace: {
    kind: 'traced',
    by: text,
    processes: [{ pid: 6120, parent: null, role: 'starter', ending: text }],
    steps: [
      { atMs: 0, pid: 6120, call: 'execve', arguments: [text], result: text, errno: null },
      { atMs: 1, pid: 6121, call: 'chdir', arguments: [text, text], result: null, errno: text },
    ],
    left: 0,
  },
  isolation: { processIds: false, files: false, network: false, ipc: false },
  leftBehind: [{ pid: 6022, because: text }],
};

export const hostile: Report = {
  ...failing,
  platform: { ...failing.platform, release: text },
  program: { argv: ['./x', text, ''], path: `/tmp/${text}`, pid: null },
  policy: {
    ...failing.policy,
    fileModeCreationMask: { kind: 'at-most', mask: 0o27 },
    workingDirectory: { kind: 'one-of', paths: [`/tmp/${text}`] },
    standardStreams: { kind: 'sink', path: text },
    user: { name: text, userId: 33, groupId: 33, groups: [33] },
    pidfile: text,
  },
  summary: { pass: 0, fail: 1, inconclusive: 1, inapplicable: 1 },
  runs: [run],
  probes: {},
  changes: [
    {
      change: text,
      level: 'must',
      repairs: ['working-directory'],
      declare: [text],
      language: 'c',
      code: [text, '```\n~~~\n'],
    },
  ],
  results: [
    {
      id: 'working-directory',
      area: 'files',
      title: text,
      level: 'must',
      outcome: 'fail',
      counts: true,
      expectedFailure: null,
      start: null,
      starts: { clean: 'fail' },
      pid: 6021,
      expected: text,
      actual: text,
      step: text,
      because: null,
      wouldHelp: null,
      evidence: [`/proc/6021/cwd -> /tmp/${text}`],
      sources: [{ work: text, at: text }],
      remedy: text,
    },
    {
      id: 'session',
      area: 'session',
      title: text,
      level: 'must',
      outcome: 'inconclusive',
      counts: true,
      expectedFailure: text,
      start: 'clean',
      starts: { clean: 'inconclusive' },
      pid: 6022,
      expected: null,
      actual: null,
      because: text,
      wouldHelp: text,
      evidence: [],
      sources: [],
      remedy: text,
    },
    {
      id: 'foreground',
      area: 'process',
      title: text,
      level: null,
      outcome: 'inapplicable',
      counts: false,
      expectedFailure: null,
      start: null,
      starts: {},
      pid: null,
      expected: null,
      actual: null,
      because: text,
      wouldHelp: null,
      evidence: [],
      sources: [],
      remedy: '',
    },
  ],
};
