/** Every captured process, read as on FreeBSD, against what ps, procstat and fstat printed of it at the same time. */

import { describe, expect, test } from 'vitest';
import { isUnreadable, type ProcessFacts, unreadable } from '../../facts/process.ts';
import { freebsdSignals } from '../../libc/constants/freebsd.ts';
import { answersOf, bytes, readVector, replaying, rowOf, timeval } from '../bsd/captured/replay.ts';
import { evidenceFrom } from '../bsd/evidence.ts';
import { lines } from './evidence.ts';
import { freebsdObserver } from './observer.ts';

const vector = readVector('freebsd12');
const bootedAt = 1795179700;
const labels = [...new Set(vector.tool_output?.map(({ process }) => process))];

function pidOf(label: string): number {
  return vector.scenarios.find(({ name }) => name === label)?.pid ?? 0;
}

/** Output of the one tool that was called with these words, without the process ID at the end. */
function printed(label: string, ...argv: readonly string[]): string | null {
  const found = vector.tool_output?.find(
    ({ process, argv: words }) =>
      process === label && argv.every((word) => words.some((other) => other.includes(word))),
  );
  return found?.stdout ?? null;
}

/** The rows of `procstat -f`: PID COMM FD T V FLAGS REF OFFSET PRO NAME. */
function files(label: string): { fd: string; vnode: string; flags: string; name: string }[] {
  const [, ...rows] = (printed(label, '/bin/procstat', '-f') ?? '').trimEnd().split('\n');
  return rows.map((row) => {
    const [, , fd = '', , vnode = '', flags = '', , , , name = ''] = row.trim().split(/\s+/);
    return { fd, vnode, flags, name };
  });
}

/** Device names of `fstat` by descriptor. */
function deviceNames(label: string): Map<string, string> {
  const [, ...rows] = (printed(label, '/bin/fstat') ?? '').trimEnd().split('\n');
  return new Map(
    rows.map((row) => {
      const words = row.trim().split(/\s+/);
      return [words[3] ?? '', words[7] ?? ''];
    }),
  );
}

/** devname(3) as ps and fstat used it. */
const names: Record<string, string> = { 4: 'console', 21: 'null', 41: 'pts/0', 46: 'pts/0' };

function observed(label: string, subreaper: number | null = null): ProcessFacts {
  using replay = replaying({
    system: 'freebsd',
    release: 'FreeBSD 12.2-RELEASE',
    answer: answersOf(vector, label, 'freebsd', { '1.21': bytes(timeval(bootedAt, 0)) }),
    nullDevice: 21n,
    names,
  });
  const dump = vector.dumps.find(({ process, what }) => process === label && what === 'kinfo_proc');
  const seen = freebsdObserver(replay.kernel).observeProcess(dump?.mib?.[3] ?? 0, {
    subreaper,
    planted: new Map(),
    environmentMarker: null,
  });
  if ('gone' in seen) throw new Error(`${label} is gone`);
  expect(seen.whole).toBe(true);
  return seen.facts;
}

const setOf = (names: readonly string[]): number[] =>
  names.map((name) => freebsdSignals.names.indexOf(name) + 1);
const numbersIn = (hex: string): number[] =>
  Array.from({ length: 32 }, (_, bit) => bit + 1).filter(
    (signal) => ((Number.parseInt(hex, 16) >>> (signal - 1)) & 1) === 1,
  );
const ignoredByDefault = setOf(freebsdSignals.ignoredByDefault);

test('the tools printed nine scenarios', () => {
  expect(labels).toEqual(vector.scenarios.map(({ name }) => name));
});

describe.each(labels)('%s', (label) => {
  const pid = pidOf(label);
  const ids = rowOf(printed(label, '/bin/ps', 'tpgid') ?? '');
  const details = (printed(label, '/bin/ps', 'sigmask') ?? '').split('\n')[1] ?? '';
  const [, uid, ruid, svuid, rgid, svgid, pending, blocked, ignored, caught] = details.trim().split(/\s+/);
  const credentials = rowOf(printed(label, '/bin/procstat', '-s') ?? '');
  const zombie = ids.STAT?.startsWith('Z') ?? false;
  const none = unreadable(`process ${pid} is a zombie`);
  const facts = observed(label);
  const rows = files(label);
  const named = (fd: string): unknown => (zombie ? none : rows.find((row) => row.fd === fd)?.name);

  test('has the IDs, terminal and state that ps printed', () => {
    expect(facts).toMatchObject({
      pid,
      parent: { pid: Number(ids.PPID), role: ids.PPID === '1' ? 'init' : 'other' },
      processGroup: Number(ids.PGID),
      session: Number(ids.SID),
      terminal: ids.TTY === '-' ? null : { device: `0:${Number(ids.TDEV)}`, name: `/dev/${ids.TTY}` },
      foregroundProcessGroup: ids.TTY === '-' ? -1 : Number(ids.TPGID),
      state: ids.STAT?.[0],
    });
  });

  test('has the users and groups that ps and procstat printed', () => {
    const [effective, ...supplementary] = (credentials.GROUPS ?? '').split(',').map(Number);
    expect(facts).toMatchObject({
      userIds: { real: Number(ruid), effective: Number(uid), saved: Number(svuid) },
      groupIds: { real: Number(rgid), effective, saved: Number(svgid) },
      supplementaryGroups: supplementary,
    });
    expect(effective).toBe(Number(credentials.EGID));
  });

  test('has the signals that ps and procstat printed', () => {
    if (isUnreadable(facts.signals)) throw new Error(facts.signals.unreadable);
    expect(setOf(facts.signals.pending)).toEqual(numbersIn(pending ?? ''));
    expect(setOf(facts.signals.blocked)).toEqual(numbersIn(blocked ?? ''));
    expect(setOf(facts.signals.caught)).toEqual(numbersIn(caught ?? ''));
    expect([...setOf(facts.signals.ignored), ...ignoredByDefault].sort((a, b) => a - b)).toEqual(
      numbersIn(ignored ?? ''),
    );
    const perSignal = printed(label, '/bin/procstat', '-i')?.trimEnd().split('\n').slice(1) ?? [];
    const flagged = (flag: string): number[] =>
      perSignal
        .filter((row) => row.trim().split(/\s+/)[3]?.includes(flag))
        .map((row) => Number(row.trim().split(/\s+/)[2]));
    if (perSignal.length > 0) {
      expect(flagged('P')).toEqual(setOf(facts.signals.pending));
      expect(flagged('C')).toEqual(setOf(facts.signals.caught));
      expect(flagged('I')).toEqual(numbersIn(ignored ?? ''));
    }
    expect(evidenceFrom(lines)(facts, 'signals')[1]).toContain(`: ${ignored} `);
  });

  test('has the mask, directories and executable that procstat printed', () => {
    expect(facts).toMatchObject({
      fileModeCreationMask: zombie ? none : `0${credentials.UMASK}`,
      workingDirectory: named('cwd'),
      workingDirectoryRemoved: zombie ? none : false,
      rootDirectory: named('root'),
      executable: named('text'),
      commandName: credentials.COMM,
    });
  });

  test('has the command line and start that ps printed', () => {
    const [, started = '', , command = ''] =
      /(\w{3} \w{3} \d+ [\d:]+ \d{4}) (\S+) +(.*)$/.exec(details) ?? [];
    expect(isUnreadable(facts.commandLine) ? facts.commandLine : facts.commandLine.join(' ')).toEqual(
      zombie ? none : command.replace(/ \(init\)$/, ''),
    );
    const microseconds = isUnreadable(facts.startTime) ? Number.NaN : facts.startTime;
    expect(Math.floor(microseconds / 1_000_000) + bootedAt).toBe(Date.parse(`${started} UTC`) / 1000);
  });

  test('has the descriptors that procstat and fstat printed', () => {
    const devices = deviceNames(label);
    const expected = rows
      .filter(({ fd }) => /^\d+$/.test(fd))
      .map(({ fd, vnode, flags, name }) => ({
        fd: Number(fd),
        target: name,
        kind: vnode === 'c' ? (devices.get(fd) === 'null' ? 'null-device' : 'terminal') : 'file',
        access: flags.startsWith('rw') ? 'read-write' : 'read',
      }));
    if (zombie) expect(facts.descriptors).toEqual(none);
    else expect(facts.descriptors).toMatchObject(expected);
    for (const row of expected) expect(`/dev/${devices.get(String(row.fd))}`).toBe(row.target);
  });

  test('has one thread', () => {
    const row = printed(label, '/bin/procstat', 'procstat');
    expect(facts.threads).toBe(row?.includes('THR') ? Number(rowOf(row).THR) : 1);
    expect(facts.threadFacts).toEqual([
      {
        tid: expect.any(Number),
        blocked: isUnreadable(facts.signals) ? [] : facts.signals.blocked,
        fileModeCreationMask: isUnreadable(facts.fileModeCreationMask) ? null : facts.fileModeCreationMask,
        workingDirectory: isUnreadable(facts.workingDirectory) ? null : facts.workingDirectory,
      },
    ]);
    expect(facts.waiting).toBe(zombie ? 'no' : 'with-timeout');
    expect(facts.nice).toBe(0);
  });
});

test('a caught signal is caught, and one that exec kept ignored or blocked is that', () => {
  expect(observed('probe_before_TIOCNOTTY').signals).toEqual({
    blocked: [],
    ignored: [],
    ignoredOrDefault: freebsdSignals.ignoredByDefault,
    caught: ['SIGHUP'],
    pending: [],
  });
  expect(observed('signals_after_exec').signals).toEqual({
    blocked: ['SIGUSR2'],
    ignored: ['SIGHUP'],
    ignoredOrDefault: freebsdSignals.ignoredByDefault,
    caught: [],
    pending: [],
  });
});

test('a terminal given up by TIOCNOTTY is none', () => {
  expect(observed('probe_before_TIOCNOTTY').terminal).toEqual({ device: '0:41', name: '/dev/pts/0' });
  expect(observed('probe_after_TIOCNOTTY')).toMatchObject({ terminal: null, foregroundProcessGroup: -1 });
});

test('the master of a pseudo-terminal is no terminal, and pipes are told apart by their addresses', () => {
  const { descriptors } = observed('probe_after_TIOCNOTTY');
  if (isUnreadable(descriptors)) throw new Error(descriptors.unreadable);
  expect(descriptors.map(({ fd, target, kind }) => `${fd} ${kind} ${target}`)).toEqual([
    '0 terminal /dev/console',
    '1 terminal /dev/console',
    '2 terminal /dev/console',
    '3 character-device pts/0',
    '4 terminal /dev/pts/0',
    '5 terminal /dev/pts/0',
    '9 terminal /dev/console',
  ]);
  const pipes = observed('unpriv_same_uid_after_exec').descriptors;
  if (isUnreadable(pipes)) throw new Error(pipes.unreadable);
  expect(new Set(pipes.filter(({ kind }) => kind === 'pipe').map(({ identity }) => identity)).size).toBe(4);
});

test('what an unprivileged observer may not read is unreadable, and nothing else', () => {
  const facts = observed('unpriv_root_process');
  const refused = Object.entries(facts).flatMap(([name, fact]) =>
    isUnreadable(fact) && fact.unreadable.startsWith('EPERM') ? [name] : [],
  );
  expect(refused).toEqual([
    'fileModeCreationMask',
    'workingDirectory',
    'workingDirectoryRemoved',
    'rootDirectory',
    'descriptors',
  ]);
  expect(facts.descriptors).toEqual(unreadable('EPERM on kern.proc.filedesc.154'));
  expect(facts).toMatchObject({ commandLine: ['/sbin/init', '--'], executable: '/sbin/init' });
});

test('an orphan whose parent is the reaper of the run has the role subreaper', () => {
  expect(observed('reaper_orphan', 164).parent).toEqual({ pid: 164, role: 'subreaper' });
  expect(observed('reaper_orphan').parent).toEqual({ pid: 164, role: 'other' });
});
