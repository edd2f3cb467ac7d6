import { spawnSync } from 'node:child_process';
import { execa } from 'execa';
import { describe, expect, inject, test } from 'vitest';
import type { SuiteReport } from '../../../harness/report/suite/report.ts';
import { reportOf, runnerCommand } from './suite.ts';

// A system call that always fails, or does nothing, is a kernel that breaks its promises: the suite has to see it.
const works =
  spawnSync('strace', ['-f', '--seccomp-bpf', '-qq', '-o', '/dev/null', '-e', 'trace=setsid', 'true'])
    .status === 0;

async function underInjection(call: string, fault: string, only: readonly string[]): Promise<SuiteReport> {
  const [file, ...args] = runnerCommand({ only, deadlineMs: Math.round(5000 * inject('pace').slowness) });
  const injection = ['-e', `trace=${call}`, '-e', `inject=${call}:${fault}`];
  const strace = ['-f', '--seccomp-bpf', '-qq', '-o', '/dev/null', ...injection];
  // The runner has to lead a session already: under injection it could not make one.
  const { stdout, stderr } = await execa('strace', [...strace, file, ...args], {
    detached: true,
    stdin: 'pipe',
    reject: false,
  });
  return reportOf(stdout, stderr);
}

const idsOf = ({ promises }: SuiteReport, wanted: string) =>
  promises.filter(({ verdict }) => verdict === wanted).map(({ id }) => id);

describe.skipIf(!works)(
  'a call that is made to fail turns exactly its promises (needs strace, and ptrace(2) permitted)',
  () => {
    test('setsid() that always fails', async () => {
      const report = await underInjection('setsid', 'error=EPERM', ['setsid', 'getsid', 'umask']);
      expect(idsOf(report, 'broken')).toEqual([
        'getsid/after-leader',
        'setsid/group-of-its-id-is-gone',
        'setsid/ids',
        'setsid/libc-value',
      ]);
      // Those that need a session before they can begin.
      expect(idsOf(report, 'unresolved')).toEqual([
        'getsid/own',
        'setsid/session-leader',
        'setsid/proc-stat',
        'setsid/gives-up-terminal',
        'setsid/dev-tty',
        'setsid/child-of-leader',
        'setsid/relatives',
      ]);
    });

    test('dup2() that always fails', async () => {
      const report = await underInjection('dup2', 'error=EBADF', ['dup', 'dup2', 'dup3']);
      expect(idsOf(report, 'broken')).toEqual(['dup2/replaces', 'dup2/same']);
      expect(idsOf(report, 'unresolved')).toEqual(['dup2/cloexec', 'dup2/shares']);
    });

    test('umask() that does nothing', async () => {
      const report = await underInjection('umask', 'retval=0', ['umask', 'chdir']);
      expect(idsOf(report, 'broken')).toEqual([
        'umask/previous',
        'umask/other-bits',
        'umask/open-zero',
        'umask/open',
        'umask/mkdir',
        'umask/mkfifo',
        'umask/mknod',
        'umask/child',
        'umask/proc-status',
      ]);
      expect(idsOf(report, 'unresolved')).toEqual([]);
    });

    test('getsid() that always fails', async () => {
      const report = await underInjection('getsid', 'error=EPERM', ['getsid', 'tcgetsid']);
      expect(idsOf(report, 'broken')).toEqual([
        'getsid/own',
        'getsid/no-such-process',
        'getsid/waited-for',
        'getsid/negative',
        'getsid/after-leader',
        'getsid/libc',
      ]);
      expect(idsOf(report, 'unresolved')).toEqual([]);
    });
  },
);
