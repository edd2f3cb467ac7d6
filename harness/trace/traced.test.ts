/** Real programs under the real tracer: the step that is named for each of their failures. */

import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { needs } from '../../suites/pace/needs.ts';
import type { StartName } from '../facts/start-state.ts';
import { type Checker, openChecker } from '../index.ts';
import { packageRoot } from '../package-root.ts';
import type { Report } from '../report/report.ts';

let checker: Checker;
/** Where programs may make what they need. */
let place: string;
beforeAll(() => {
  checker = openChecker();
  place = mkdtempSync(join(tmpdir(), 'traced-'));
});
afterAll(async () => {
  await checker.close();
  rmSync(place, { recursive: true, force: true });
});

const strace = ['/usr/bin/strace', '/bin/strace'].some(existsSync);
const withoutStrace = strace ? null : 'strace is not installed: install strace';

interface TraceQuestion {
  readonly starts: readonly StartName[];
  readonly only: readonly string[];
}

function check(argv: readonly [string, ...string[]], { starts, only }: TraceQuestion): Promise<Report> {
  return checker.check({
    argv,
    path: argv[0],
    cwd: place,
    env: { PATH: '/usr/bin:/bin' },
    profile: 'sysv',
    overrides: {},
    starts,
    only,
    skip: [],
    strict: false,
    timeoutMs: 20_000 * inject('pace').slowness,
    expectedFailures: {},
    trace: true,
    // What is there at the return is decided by a held start, and does not depend on when it is looked at.
    probing: { quick: true, repeat: null },
    keep: false,
  });
}

const fixture = (name: string): [string, ...string[]] => [
  process.execPath,
  '--single-threaded',
  join(packageRoot, 'dist/fixtures', `${name}.js`),
];

const stepsOf = ({ results }: Report): Record<string, string | null> =>
  Object.fromEntries(
    results.filter(({ outcome }) => outcome === 'fail').map(({ id, step }) => [id, step ?? null]),
  );

/** What differs from launch to launch. */
const plain = (step: string | null): string | null =>
  step?.replace(/(?<=removed-|process )\d+|\d{4,}/g, 'N').replace(/pts\/\d+/, 'pts/N') ?? null;

/** Fixture, start, and for each requirement it fails of those that are looked at the step that is named. */
const named: readonly (readonly [string, StartName, Readonly<Record<string, string>>])[] = [
  ['defects/stays-session-leader', 'clean', { 'session-leader': 'setsid(2) succeeded, no fork(2) followed' }],
  [
    'defects/leader-has-the-daemon-as-child',
    'clean',
    { 'session-leader': 'setsid(2) succeeded, fork(2) followed, but no exit(2) of its parent' },
  ],
  [
    'defects/stays-in-process-group',
    'captured',
    {
      session: 'fork(2) succeeded, no setsid(2) followed',
      'process-group': 'fork(2) succeeded, no setsid(2) followed',
    },
  ],
  [
    'defects/acquires-terminal',
    'clean',
    { 'controlling-terminal': 'setsid(2) succeeded, open(2) of "/dev/pts/N" without O_NOCTTY followed' },
  ],
  ['defects/stays-in-directory', 'clean', { 'working-directory': 'chdir(2) was never called' }],
  [
    'defects/stays-in-removed-directory',
    'clean',
    { 'working-directory': 'the last chdir(2) went to "removed-N"' },
  ],
  ['defects/other-mask', 'clean', { 'file-mode-creation-mask': 'the last umask(2) set 022' }],
  ['defects/keeps-mask', 'clean', { 'file-mode-creation-mask': 'umask(2) was never called' }],
  ['defects/keeps-standard-streams', 'clean', { 'standard-streams': 'no dup2(2) onto 0, 1 and 2' }],
  [
    'defects/closes-standard-streams',
    'clean',
    { 'standard-streams': 'no open(2) came after the close(2) of 0, 1 and 2' },
  ],
  [
    'defects/null-is-for-reading',
    'clean',
    { 'standard-streams': 'open(2) of "/dev/null" was O_RDONLY, and it was put on 1 and 2' },
  ],
  ['defects/keeps-terminal-on-seven', 'clean', { 'terminal-descriptors': 'dup2(2) put "/dev/pts/N" on 7' }],
  [
    'defects/keeps-low-descriptors',
    'hostile',
    { 'inherited-descriptors': 'close_range(2) went from 20 to N' },
  ],
  ['defects/exits-with-three', 'clean', { 'starter-exit-status': 'exit(3) ended the starter' }],
  [
    'defects/completes-after-return',
    'clean',
    {
      'ready-at-return': 'exit(2) of the starter came before setsid(2), dup2(2), umask(2) and chdir(2)',
    },
  ],
  ['awkward/crashes-after-detaching', 'clean', { 'surviving-processes': 'SIGSEGV ended process N' }],
];

describe.concurrent('the tracer', () => {
  needs(withoutStrace);

  test.each(named)('%s after the %s start names its step', async (name, start, steps) => {
    const report = await check(fixture(name), { starts: [start], only: Object.keys(steps) });
    const told = Object.entries(stepsOf(report)).map(([id, step]) => [id, plain(step)]);
    expect(Object.fromEntries(told)).toEqual(steps);
  });

  test('a right daemon shows its steps in their order, and has none missing', async () => {
    const report = await check(fixture('recipes/sysv'), {
      starts: ['clean'],
      only: ['session', 'session-leader'],
    });
    expect(stepsOf(report)).toEqual({});
    const [run] = report.runs;
    if (run?.trace?.kind !== 'traced') throw new Error('it was not traced');
    const { processes, steps } = run.trace;
    expect(processes.map(({ role, ending }) => [role, ending])).toEqual([
      ['starter', 'exit status 0'],
      ['intermediate', 'exit status 0'],
      ['daemon', null],
    ]);
    const told = run.timeline.filter(({ event }) => event === 'step');
    expect(told.map(({ pid, atMs }) => [pid, atMs])).toEqual(steps.map(({ pid, atMs }) => [pid, atMs]));
    expect(told.map(({ detail }) => detail)).toContainEqual(expect.stringMatching(/^setsid\(\) = \d+$/));
    const after = steps.slice(steps.findLastIndex(({ call }) => call === 'close_range'));
    // The starter ends when it has heard of the daemon, the process between whenever it is let.
    const order = after.filter(({ call }) => call !== 'exit' && call !== 'sigaction').map(({ call }) => call);
    expect(order).toEqual([
      ...['close_range', 'sigprocmask', 'fork', 'setsid', 'fork', 'open', 'dup2', 'dup2', 'dup2'],
      ...['umask', 'chdir'],
    ]);
    expect(after.filter(({ call }) => call === 'exit').map(({ arguments: [status] }) => status)).toEqual([
      '0',
      '0',
    ]);
  });

  test('what a program inherits and leaves as it is names the call that never came', async () => {
    const only = ['ignored-signals', 'ignored-sigchld', 'signal-mask', 'inherited-descriptors-above-limit'];
    const report = await check(['/usr/bin/setsid', '-f', '/bin/sleep', '1000'], {
      starts: ['clean', 'hostile'],
      only,
    });
    expect(stepsOf(report)).toEqual({
      'inherited-descriptors-above-limit':
        'neither close_range(2) nor close(2) of what is above 2 was called',
      'ignored-signals': 'sigaction(2) was never called for SIGUSR1 and SIGTTIN',
      'ignored-sigchld': 'sigaction(2) was never called for SIGCHLD',
      'signal-mask': 'sigprocmask(2) was never called',
    });
  });

  test.skipIf(!existsSync('/usr/bin/perl'))(
    'setsid() of a process group leader is named, with the fork() that was missing (needs perl)',
    async () => {
      const program = 'use POSIX; POSIX::setsid(); fork and POSIX::_exit(0); sleep 1000';
      const report = await check(['/usr/bin/perl', '-e', program], {
        starts: ['captured'],
        only: ['session'],
      });
      expect(stepsOf(report)).toEqual({ session: 'setsid(2) failed with EPERM, no fork(2) came before it' });
    },
  );

  test('a directory of any name is told as it is', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'x") = -1 EPERM\n1 2.0 setsid() = 3 <unfinished ...>'));
    try {
      const report = await check(['/bin/sh', '-c', 'cd "$0" && sleep 1000 & exit 0', directory], {
        starts: ['captured'],
        only: ['working-directory', 'session'],
      });
      expect(stepsOf(report)).toEqual({
        session: 'fork(2) succeeded, no setsid(2) followed',
        'working-directory': `the last chdir(2) went to "${directory.replaceAll('"', '\\"').replace('\n', '\\n')}"`,
      });
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});

/** The command line, under another command that runs it; what it wrote, and its report. */
async function run(before: readonly string[], env: Readonly<Record<string, string>>, trace: boolean) {
  const [command = '', ...words] = [
    ...before,
    process.execPath,
    join(packageRoot, 'harness/bin.cjs'),
    ...(trace ? ['--trace'] : []),
    ...['--only', 'session,session-leader', '--start', 'clean', '-f', 'json'],
    ...['/usr/bin/setsid', '-f', '/bin/sleep', '1000'],
  ];
  const { status, stdout, stderr } = await new Promise<
    Record<'stdout' | 'stderr', string> & { status: number | null }
  >((resolve) => {
    const child = execFile(command, words, { env, encoding: 'utf8' }, (_, stdout, stderr) =>
      resolve({ status: child.exitCode, stdout, stderr }),
    );
  });
  return { status, stderr, report: JSON.parse(stdout) as Report };
}

const verdictOf = ({ verdict, results, profiles }: Report) => ({
  verdict,
  profiles,
  outcomes: results.map(({ id, outcome }) => [id, outcome]),
});

const path = '/usr/bin:/bin';

describe.concurrent('the command line', () => {
  test.for([
    ['strace is not installed', [], { PATH: '/nonexistent' }, 'strace is not installed; install strace'],
    // What is traced already cannot be traced by another: ptrace(2), EPERM.
    [
      'ptrace(2) is refused',
      ['/usr/bin/strace', '-f', '-o', '/dev/null', '-e', 'trace=none'],
      { PATH: path },
      'strace could not trace: ',
    ],
  ] as const)(
    'where %s there is a line that says so, and the same verdict',
    async ([, before, env, line], { skip }) => {
      if (before.length > 0 && withoutStrace !== null) skip(withoutStrace);
      const traced = await run(before, env, true);
      const untraced = await run([], { PATH: path }, false);
      expect(traced.stderr).toContain(`daemon-conformance: --trace: no steps: ${line}`);
      expect(traced.stderr.trim().split('\n')).toHaveLength(1);
      expect(traced.report.runs.map(({ trace }) => trace?.kind)).toEqual(['untraced']);
      expect(traced.status).toBe(untraced.status);
      expect(verdictOf(traced.report)).toEqual(verdictOf(untraced.report));
      expect(untraced.report.runs.map(({ trace }) => trace)).toEqual([undefined]);
    },
  );

  test('tracing changes no verdict', async ({ skip }) => {
    if (withoutStrace !== null) skip(withoutStrace);
    const traced = await run([], { PATH: path }, true);
    expect(traced.report.runs.map(({ trace }) => trace?.kind)).toEqual(['traced']);
    // A slow run says now and then how far it is.
    expect(traced.stderr.replace(/^daemon-conformance: (clean|probing|judging).*\n/gm, '')).toBe('');
    expect(verdictOf(traced.report)).toEqual(verdictOf((await run([], { PATH: path }, false)).report));
  });
});
