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

/** Where a mistake was mended: a file, what stands in it, and what was wrong. */
interface Correction {
  readonly file: string;
  readonly names: readonly string[];
  readonly was: string;
}

const inTheTable = (...names: readonly string[]): Correction => ({
  file: 'harness/libc/constants/freebsd.ts',
  names,
  was: 'the number or layout of Linux',
});
const inSuite = (name: string, was: string, ...names: readonly string[]): Correction => ({
  file: `suites/syscalls/${name}.ts`,
  names,
  was,
});
const observed: Correction = {
  file: 'suites/syscalls/scenery/observed.ts',
  names: ['factsOf', 'factOf', 'signalsOf', 'descriptorOf'],
  was: 'read in files that Linux alone has',
};
const adopted: Correction = {
  file: 'harness/libc/own-orphans.ts',
  names: ['adoptOrphans', 'orphansComeToReapers'],
  was: 'prctl(2) alone, where FreeBSD has procctl(2)',
};
const linuxOnly = 'unresolved where the call does not exist, which is unsupported';
const defaultSigchld = 'blocked with the default action, with which it may be thrown away';
const noPidfd = inSuite('pidfd_open', linuxOnly, 'no pidfd_open() here');
const noPrctl = inSuite('prctl', linuxOnly, 'unsupported(noPrctl)');
const noSuchLocks = inSuite('fcntl', linuxOnly, 'unsupported(noSuchLocks)');

const mended: Readonly<Record<string, Correction>> = {
  '_exit/sigchld': inSuite('_exit', defaultSigchld, "catchQuietly('SIGCHLD')"),
  'bind/mask': inTheTable('addressesBeginWithLength'),
  'bind/mask-zero': inTheTable('addressesBeginWithLength'),
  'bind/in-use': inTheTable('addressesBeginWithLength'),
  'bind/leftover': inTheTable('addressesBeginWithLength'),
  'chdir/chroot': inSuite('chdir', 'asked for a file that Linux alone has', "open('dev/null', O_RDONLY)"),
  'exec/mask': observed,
  'exec/pending': observed,
  'exec/ignored': observed,
  'exec/surroundings': observed,
  'exec/limits': observed,
  'exec/cloexec': observed,
  'fcntl/ofd-lock-after-parent': noSuchLocks,
  'fcntl/ofd-lock-same-process': noSuchLocks,
  'fork/timers': {
    file: 'harness/libc/real-time-library.ts',
    names: ['realTimeFunctionIfAny'],
    was: 'timer_create() is in librt',
  },
  'fork/semadj': inTheTable('GETVAL'),
  'fork/semaphores': inTheTable('MAP_ANONYMOUS'),
  'fork/memory-locks': inSuite('fork/realtime', linuxOnly, 'no system but Linux tells how much'),
  'fork/mappings': inTheTable('MAP_ANONYMOUS'),
  'fork/scheduling': inTheTable('SCHED_RR'),
  'fork/limit': inTheTable('RLIMIT_NPROC'),
  'fork/parent-death-signal': inSuite('fork/parent-death-signal', linuxOnly, 'no prctl() here'),
  'getrlimit/exec-above': observed,
  'hang-up/before-setsid': adopted,
  'hang-up/before-setsid-ignoring': adopted,
  'nohup/signals': observed,
  'nohup/session': observed,
  'pidfd_open/invalid': noPidfd,
  'pidfd_open/readable': noPidfd,
  'pidfd_open/signal': noPidfd,
  'pidfd_open/cloexec': noPidfd,
  'prctl/subreaper': noPrctl,
  'prctl/nested-subreaper': noPrctl,
  'prctl/subreaper-fork': noPrctl,
  'prctl/parent-death-signal': noPrctl,
  'sh/async-signals': observed,
  'sh/async-input': observed,
  'sh/async-group': observed,
  'sh/monitor-group': observed,
  'sh/ignored': observed,
  'sigaction/resethand': inTheTable('SA_RESETHAND'),
  'sigaction/restart': inTheTable('SA_RESTART', 'sigaction'),
  'sigaction/sigchld-stop': inSuite('sigaction', defaultSigchld, "catchQuietly('SIGCHLD')"),
  'sigaction/nocldwait': inTheTable('SA_NOCLDWAIT'),
  'stop-signals/sigstop-orphaned': adopted,
  'tiocsctty/steal': inSuite(
    'tiocsctty',
    'the owner was to lose its terminal also where the call fails',
    'its owner keeps it',
  ),
  'waitid/nowait': inTheTable('WEXITED', 'WNOWAIT', 'siginfo'),
  'waitid/codes': inTheTable('WEXITED', 'siginfo'),
  'waitid/group': inTheTable('P_PGID', 'siginfo'),
  'waitpid/continued': inTheTable('WCONTINUED', 'continuedStatus'),
  'waitpid/sigchld-ignored': inSuite(
    'waitpid',
    'what has ended is the reaper’s zombie, and no longer the caller’s',
    'hasLeft(',
  ),
  'write-terminal/tostop-orphaned': {
    file: 'suites/syscalls/scenery/terminal.ts',
    names: ['orphanedGroup'],
    was: 'the parent exited before its child was in its group',
  },
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

test.each(Object.entries(mended))('%s was mended where it is said', (id, { file, names }) => {
  const text = readFileSync(join(packageRoot, file), 'utf8');
  expect(names.filter((name) => !text.includes(name))).toEqual([]);
  // What is mended in a scenery is in use in the file of the call.
  if (!file.includes('/scenery/')) return;
  const call = readFileSync(join(packageRoot, `suites/syscalls/${id.split('/')[0]}.ts`), 'utf8');
  expect(call).toContain(`./${file.slice('suites/syscalls/'.length)}`);
});

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
