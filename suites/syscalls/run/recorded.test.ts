/**
 * A run on a real FreeBSD 13.2 is kept as it was recorded, with the suite of its day. Each answer that was no promise
 * kept is either a difference of that system, which today is expected with its source, or was a mistake of the suite,
 * which is named here with where it was mended.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../../harness/package-root.ts';
import type { SuiteReport } from '../../../harness/report/suite/report.ts';
import { expectedOn } from './judge.ts';
import { loadPromises } from './load.ts';

const recorded = JSON.parse(
  readFileSync(join(packageRoot, 'reports/freebsd-13.2-x64-libc/syscalls.json'), 'utf8'),
) as SuiteReport;

const inTheTable = (what: string) => `harness/libc/constants/freebsd.ts: ${what}`;
const observed = 'suites/syscalls/scenery/observed.ts: read in files that Linux alone has';
const linuxOnly = 'unsupported where the call does not exist, not unresolved';
const defaultSigchld = 'caught before it is blocked: with the default action it may be thrown away';
const waited = 'suites/syscalls/scenery/terminal.ts: the parent exited before its child was in its group';
const adopted = 'harness/libc/own-orphans.ts: prctl(2) alone, where FreeBSD has procctl(2)';

const mended: Readonly<Record<string, string>> = {
  '_exit/sigchld': `suites/syscalls/_exit.ts: ${defaultSigchld}`,
  'bind/mask': inTheTable('addressesBeginWithLength'),
  'bind/mask-zero': inTheTable('addressesBeginWithLength'),
  'bind/in-use': inTheTable('addressesBeginWithLength'),
  'bind/leftover': inTheTable('addressesBeginWithLength'),
  'chdir/chroot': 'suites/syscalls/chdir.ts: a file outside that every system has',
  'exec/mask': observed,
  'exec/pending': observed,
  'exec/ignored': observed,
  'exec/surroundings': observed,
  'exec/limits': observed,
  'exec/cloexec': observed,
  'fcntl/ofd-lock-after-parent': `suites/syscalls/fcntl.ts: ${linuxOnly}`,
  'fcntl/ofd-lock-same-process': `suites/syscalls/fcntl.ts: ${linuxOnly}`,
  'fork/timers': 'harness/libc/real-time-library.ts: timer_create() is in librt',
  'fork/semadj': inTheTable('GETVAL'),
  'fork/semaphores': inTheTable('MAP_ANONYMOUS'),
  'fork/memory-locks': 'suites/syscalls/fork/realtime.ts: unsupported where no system call tells of them',
  'fork/mappings': inTheTable('MAP_ANONYMOUS'),
  'fork/scheduling': inTheTable('SCHED_RR'),
  'fork/limit': inTheTable('RLIMIT_NPROC'),
  'fork/parent-death-signal': `suites/syscalls/fork/parent-death-signal.ts: ${linuxOnly}`,
  'getrlimit/exec-above': observed,
  'hang-up/before-setsid': adopted,
  'hang-up/before-setsid-ignoring': adopted,
  'nohup/signals': observed,
  'nohup/session': observed,
  'pidfd_open/invalid': `suites/syscalls/pidfd_open.ts: ${linuxOnly}`,
  'pidfd_open/readable': `suites/syscalls/pidfd_open.ts: ${linuxOnly}`,
  'pidfd_open/signal': `suites/syscalls/pidfd_open.ts: ${linuxOnly}`,
  'pidfd_open/cloexec': `suites/syscalls/pidfd_open.ts: ${linuxOnly}`,
  'prctl/subreaper': `suites/syscalls/prctl.ts: ${linuxOnly}`,
  'prctl/nested-subreaper': `suites/syscalls/prctl.ts: ${linuxOnly}`,
  'prctl/subreaper-fork': `suites/syscalls/prctl.ts: ${linuxOnly}`,
  'prctl/parent-death-signal': `suites/syscalls/prctl.ts: ${linuxOnly}`,
  'sh/async-signals': observed,
  'sh/async-input': observed,
  'sh/async-group': observed,
  'sh/monitor-group': observed,
  'sh/ignored': observed,
  'sigaction/resethand': inTheTable('SA_RESETHAND'),
  'sigaction/restart': `${inTheTable('SA_RESTART')}; ${observed}`,
  'sigaction/sigchld-stop': `suites/syscalls/sigaction.ts: ${defaultSigchld}`,
  'sigaction/nocldwait': inTheTable('SA_NOCLDWAIT'),
  'stop-signals/sigstop-orphaned': adopted,
  'tiocsctty/steal':
    'suites/syscalls/tiocsctty.ts: the owner was to lose its terminal also where the call fails',
  'waitid/nowait': inTheTable('WEXITED, WNOWAIT, siginfo'),
  'waitid/codes': inTheTable('WEXITED, siginfo'),
  'waitid/group': inTheTable('P_PGID, siginfo'),
  'waitpid/continued': inTheTable('WCONTINUED, continuedStatus'),
  'waitpid/sigchld-ignored':
    'suites/syscalls/waitpid.ts: its zombie is the reaper’s, and no longer the caller’s',
  'write-terminal/tostop-orphaned': waited,
};

const declared = new Map(loadPromises().map((promise) => [promise.id as string, promise]));

const notKept = recorded.promises.filter(({ verdict }) => verdict === 'broken' || verdict === 'unresolved');

test('the record is the one of that day', () => {
  expect(recorded.platform).toMatchObject({ id: 'freebsd-13.2-x64-libc', release: '13.2-RELEASE' });
  expect(recorded.summary).toEqual({
    holds: 243,
    broken: 34,
    'implementation-defined': 19,
    unsupported: 70,
    unresolved: 27,
  });
});

test.each(notKept.map(({ id, kind }) => [id, kind]))(
  '%s, which was %j, is expected with its source or was mended',
  (id, kind) => {
    const promise = declared.get(id);
    const expected = promise === undefined ? null : expectedOn(promise.expect, ['freebsd']);
    const isDifference = expected?.kind === kind && expected.source !== null;
    expect([isDifference, Object.hasOwn(mended, id)]).toEqual(isDifference ? [true, false] : [false, true]);
  },
);

test('what is said to be mended was not kept then', () => {
  const ids = notKept.map(({ id }) => id);
  expect(Object.keys(mended).filter((id) => !ids.includes(id))).toEqual([]);
});

test('what held then is expected as it was seen', () => {
  const others = recorded.promises.flatMap(({ id, verdict, kind }) => {
    const promise = declared.get(id);
    if (verdict !== 'holds' || promise === undefined) return [];
    const expected = expectedOn(promise.expect, ['freebsd']);
    return expected?.kind === kind ? [] : [{ id, kind, expected: expected?.kind ?? null }];
  });
  expect(others).toEqual([]);
});

test('a difference from the clause is told as one', () => {
  const without = [...declared.values()].filter(
    ({ expect: expectation, standard, implementationDefined }) => {
      if (typeof expectation === 'string' || implementationDefined || standard !== undefined) return false;
      const freebsd = expectedOn(expectation, ['freebsd']);
      return (
        freebsd?.source?.startsWith('measured on FreeBSD 13.2') &&
        freebsd.kind !== expectedOn(expectation, ['linux'])?.kind
      );
    },
  );
  expect(without.map(({ id }) => id)).toEqual([]);
});
