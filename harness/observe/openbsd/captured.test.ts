/** Every captured process, read as on OpenBSD, against what ps and fstat printed of it at the same time. */

import { describe, expect, test } from 'vitest';
import { isUnreadable, type ProcessFacts, unreadable } from '../../facts/process.ts';
import { openbsdSignals } from '../../libc/constants/openbsd.ts';
import { answersOf, bytes, readVector, replaying, rowOf, timeval } from '../bsd/captured/replay.ts';
import { evidenceFrom } from '../bsd/evidence.ts';
import { lines } from './evidence.ts';
import { openbsdObserver } from './observer.ts';

const vector = readVector('openbsd73');
const bootedAt = 1795179700;
const labels = [...new Set(vector.tool_output?.map(({ process }) => process))];

function printed(label: string, ...argv: readonly string[]): string | null {
  const found = vector.tool_output?.find(
    ({ process, argv: words }) =>
      process === label && argv.every((word) => words.some((other) => other.includes(word))),
  );
  return found?.stdout ?? null;
}

interface FstatRow {
  readonly fd: string;
  readonly mount: string;
  readonly inode: string;
  readonly mode: string;
  readonly access: string;
  readonly device: string;
}

/** Rows of fstat: USER CMD PID FD MOUNT INUM MODE R/W SZ|DV. */
function files(label: string): FstatRow[] {
  const [, ...rows] = (printed(label, '/bin/fstat') ?? '').trimEnd().split('\n');
  return rows.map((row) => {
    const [, , , fd = '', mount = '', inode = '', mode = '', access = '', device = ''] = row
      .trim()
      .split(/\s+/);
    return { fd, mount, inode, mode, access, device };
  });
}

/** devname(3) as fstat used it. */
const names: Record<string, string> = { 0: 'console', 256: 'tty', 514: 'null', 1539: 'ptyp3' };
for (let minor = 0; minor < 8; minor++) names[1280 + minor] = `ttyp${minor}`;

function observed(label: string): ProcessFacts {
  using replay = replaying({
    system: 'openbsd',
    release: 'OpenBSD 7.3',
    answer: answersOf(vector, label, 'openbsd', { '1.21': bytes(timeval(bootedAt, 0)) }),
    nullDevice: 514n,
    names,
  });
  const dump = vector.dumps.find(({ process, what }) => process === label && what === 'kinfo_proc');
  const seen = openbsdObserver(replay.kernel).observeProcess(dump?.mib?.[3] ?? 0, {
    subreaper: 61281,
    planted: new Map(),
    environmentMarker: null,
  });
  if ('gone' in seen) throw new Error(`${label} is gone`);
  expect(seen.whole).toBe(true);
  return seen.facts;
}

const setOf = (names: readonly string[]): number[] =>
  names.map((name) => openbsdSignals.names.indexOf(name) + 1);
const numbersIn = (hex: string): number[] =>
  Array.from({ length: 32 }, (_, bit) => bit + 1).filter(
    (signal) => ((Number.parseInt(hex, 16) >>> (signal - 1)) & 1) === 1,
  );

test('the tools printed nine scenarios', () => {
  expect(labels).toEqual(vector.scenarios.map(({ name }) => name));
});

describe.each(vector.scenarios)(
  '$name',
  ({ name: label, pid, forked_pid: forked, observer_pid: starter }) => {
    const ids = rowOf(printed(label, '/bin/ps', 'tpgid') ?? '');
    const details = (printed(label, '/bin/ps', 'sigmask') ?? '').split('\n')[1] ?? '';
    const [, uid, ruid, svuid, rgid, svgid, pending, blocked, ignored, caught] = details.trim().split(/\s+/);
    const zombie = ids.STAT?.startsWith('Z') ?? false;
    const none = unreadable(`process ${pid} is a zombie`);
    const facts = observed(label);
    const rows = files(label);

    test('has the IDs, terminal and state that ps printed', () => {
      expect(facts).toMatchObject({
        pid,
        // A reaper does not exist on OpenBSD, whatever the surroundings say.
        parent: { pid: Number(ids.PPID), role: ids.PPID === '1' ? 'init' : 'other' },
        processGroup: Number(ids.PGID),
        terminal: ids.TT === '??' ? null : { device: ids.TDEV?.replace('/', ':'), name: `/dev/tty${ids.TT}` },
        foregroundProcessGroup: Number(ids.TPGID),
        state: ids.STAT?.[0],
      });
    });

    test('is in the session its scenario put it into', () => {
      // ps prints only an address.
      const session: Readonly<Record<string, number>> = {
        daemon3_style: pid,
        double_fork: 0,
        pty_session_leader: pid,
        pty_background_group: forked,
        setsid_tty_noctty: pid,
      };
      expect(facts.session).toBe(session[label] ?? starter);
    });

    test('has the users and groups that ps printed', () => {
      expect(facts).toMatchObject({
        userIds: { real: Number(ruid), effective: Number(uid), saved: Number(svuid) },
        groupIds: { real: Number(rgid), saved: Number(svgid) },
      });
    });

    test('has the signals that ps printed', () => {
      if (isUnreadable(facts.signals)) throw new Error(facts.signals.unreadable);
      expect(setOf(facts.signals.pending)).toEqual(numbersIn(pending ?? ''));
      expect(setOf(facts.signals.blocked)).toEqual(numbersIn(blocked ?? ''));
      expect(setOf(facts.signals.caught)).toEqual(numbersIn(caught ?? ''));
      expect(
        [...setOf(facts.signals.ignored), ...setOf(openbsdSignals.ignoredByDefault)].sort((a, b) => a - b),
      ).toEqual(numbersIn(ignored ?? ''));
      expect(evidenceFrom(lines)(facts, 'signals')[1]).toContain(`: ${ignored} `);
    });

    test('has the command line and start that ps printed', () => {
      const started = /\w{3} \w{3} \d+ [\d:]+ \d{4}/.exec(details)?.[0];
      const command = / - +(\S.*)$/.exec(details)?.[1] ?? '';
      expect(isUnreadable(facts.commandLine) ? facts.commandLine : facts.commandLine.join(' ')).toEqual(
        zombie ? none : command.replace(/ \(init\)$/, ''),
      );
      if (zombie) {
        // ps prints '-' too.
        expect(started).toBeUndefined();
        expect(facts.startTime).toEqual(unreadable('OpenBSD does not reveal the start time of a zombie'));
      } else {
        const microseconds = isUnreadable(facts.startTime) ? Number.NaN : facts.startTime;
        expect(Math.floor(microseconds / 1_000_000) + bootedAt).toBe(Date.parse(`${started} UTC`) / 1000);
      }
    });

    test('has the directory and descriptors that fstat printed', () => {
      if (zombie) {
        expect(facts).toMatchObject({ workingDirectory: none, rootDirectory: none, descriptors: none });
        return;
      }
      const directory = rows.find(({ fd }) => fd === 'wd');
      expect(directory?.inode).toBe('2');
      expect(facts).toMatchObject({
        workingDirectory: directory?.mount,
        workingDirectoryRemoved: false,
        rootDirectory: rows.some(({ fd }) => fd === 'root') ? expect.anything() : '/',
      });
      if (isUnreadable(facts.descriptors)) throw new Error(facts.descriptors.unreadable);
      const open = rows.filter(({ fd }) => /^\d+$/.test(fd));
      expect(facts.descriptors).toMatchObject(
        open.map(({ fd, device, access }) => ({
          fd: Number(fd),
          target: `/dev/${device}`,
          kind: device === 'null' ? 'null-device' : 'terminal',
          access: access === 'rw' ? 'read-write' : 'read',
          deleted: false,
          closeOnExec: false,
        })),
      );
      expect(facts.descriptors.map(({ identity }) => identity?.split(':')[1])).toEqual(
        open.map(({ inode }) => inode),
      );
    });

    test('has one thread, and says what OpenBSD does not reveal', () => {
      expect(facts).toMatchObject({
        commandName: 'init',
        threads: zombie ? none : 1,
        waiting: zombie ? 'no' : 'with-timeout',
        nice: 0,
        fileModeCreationMask: unreadable(
          'OpenBSD does not reveal the file mode creation mask of another process',
        ),
        executable: unreadable('OpenBSD does not reveal the path of an executable'),
        limits: unreadable('OpenBSD does not reveal the resource limits of another process'),
      });
    });
  },
);

test('a caught signal is caught, and one that exec kept ignored or blocked is that', () => {
  expect(observed('probe_before_TIOCNOTTY').signals).toEqual({
    blocked: [],
    ignored: [],
    ignoredOrDefault: openbsdSignals.ignoredByDefault,
    caught: ['SIGHUP'],
    pending: [],
  });
  expect(observed('signals_after_exec').signals).toEqual({
    blocked: ['SIGUSR2'],
    ignored: ['SIGHUP'],
    ignoredOrDefault: openbsdSignals.ignoredByDefault,
    caught: [],
    pending: [],
  });
});

test('a session leader keeps its terminal, since TIOCNOTTY is refused to it', () => {
  expect(observed('probe_after_TIOCNOTTY').terminal).toEqual({ device: '5:3', name: '/dev/ttyp3' });
});

test('the master of a pseudo-terminal is no terminal, /dev/tty is one', () => {
  const { descriptors } = observed('probe_after_TIOCNOTTY');
  if (isUnreadable(descriptors)) throw new Error(descriptors.unreadable);
  expect(descriptors.map(({ fd, target, kind }) => `${fd} ${kind} ${target}`)).toEqual([
    '0 terminal /dev/console',
    '1 terminal /dev/console',
    '2 terminal /dev/console',
    '3 character-device /dev/ptyp3',
    '4 terminal /dev/ttyp3',
    '5 terminal /dev/tty',
    '6 terminal /dev/tty',
    '9 terminal /dev/console',
  ]);
});

test('an unprivileged observer sees all descriptors, and pipes without what tells them apart', () => {
  const facts = observed('unpriv_root_process');
  expect(facts.workingDirectory).toEqual(unreadable('EPERM on kern.proc_cwd.39424'));
  if (isUnreadable(facts.descriptors)) throw new Error(facts.descriptors.unreadable);
  expect(facts.descriptors.map(({ fd, kind, identity }) => `${fd} ${kind} ${identity}`)).toEqual([
    '0 terminal 4352:44',
    '1 terminal 4352:44',
    '2 terminal 4352:44',
    '3 pipe null',
    '4 pipe null',
    '5 pipe null',
    '6 pipe null',
    '9 terminal 4352:44',
  ]);
});
