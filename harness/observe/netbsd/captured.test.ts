/**
 * Every captured process, read as on NetBSD, against what its scenario made of it: no output of NetBSD's own tools
 * was captured.
 */

import { describe, expect, test } from 'vitest';
import { isUnreadable, type ProcessFacts, unreadable } from '../../facts/process.ts';
import { netbsdSignals } from '../../libc/constants/netbsd.ts';
import { answersOf, readVector, replaying } from '../bsd/captured/replay.ts';
import type { Files } from '../bsd/kernel.ts';
import { netbsdObserver } from './observer.ts';

const vector = readVector('netbsd10');
const nullDevice = 514n;
/** devname(3) of pseudo-terminals. */
const names: Record<string, string> = { 514: 'null' };
for (let minor = 0; minor < 8; minor++) names[1280 + minor] = `ttyp${minor}`;

/** The observer's own descriptor on /dev/null: that of another captured process, whose vnode is the same. */
const ownNull = vector.dumps.find(({ process, what }) => process === 'double_fork' && what === 'kinfo_file');

function observed(label: string, files: Partial<Files> = {}): ProcessFacts {
  const own = Buffer.from(ownNull?.hex ?? '', 'hex');
  using replay = replaying({
    system: 'netbsd',
    release: 'NetBSD 10.99.12',
    answer: answersOf(vector, label, 'netbsd', {
      [`1.77.2.${process.pid}.120`]: { errno: 0, bytes: own },
    }),
    nullDevice,
    names,
    files: { withNullDevice: (use) => use(0), ...files },
  });
  const dump = vector.dumps.find(({ process, what }) => process === label && what === 'kinfo_proc2');
  const seen = netbsdObserver(replay.kernel).observeProcess(dump?.mib?.[3] ?? 0, {
    subreaper: 52,
    planted: new Map(),
    environmentMarker: null,
  });
  if ('gone' in seen) throw new Error(`${label} is gone`);
  expect(seen.whole).toBe(true);
  return seen.facts;
}

describe.each(vector.scenarios)(
  '$name',
  ({ name: label, pid, forked_pid: forked, observer_pid: starter }) => {
    const facts = observed(label);
    const zombie = label === 'zombie';
    const none = unreadable(`process ${pid} is a zombie`);

    /** What the scenario did, by its name: parent, process group, session, terminal. */
    const made: Readonly<Record<string, Partial<ProcessFacts>>> = {
      daemon3_style: { parent: { pid: 1, role: 'init' }, processGroup: pid, session: pid },
      double_fork: { parent: { pid: 1, role: 'init' } },
      pty_session_leader: {
        processGroup: pid,
        session: pid,
        terminal: { device: '5:0', name: '/dev/ttyp0' },
        foregroundProcessGroup: pid,
      },
      pty_background_group: {
        parent: { pid: forked, role: 'other' },
        processGroup: pid,
        session: forked,
        terminal: { device: '5:1', name: '/dev/ttyp1' },
        foregroundProcessGroup: forked,
      },
      setsid_tty_noctty: { processGroup: pid, session: pid },
      setuid_1000_100: {
        userIds: { real: 1000, effective: 1000, saved: 1000 },
        groupIds: { real: 100, effective: 100, saved: 100 },
      },
      exec_argv: { commandLine: ['my daemon', '--flag', 'a b'] },
    };

    test('has the IDs and terminal its scenario gave it', () => {
      const plain = {
        parent: { pid: starter, role: 'other' },
        terminal: null,
        foregroundProcessGroup: -1,
        userIds: { real: 0, effective: 0, saved: 0 },
        groupIds: { real: 0, effective: 0, saved: 0 },
        supplementaryGroups: [],
      };
      const group = label === 'double_fork' ? {} : { processGroup: starter, session: starter };
      expect(facts).toMatchObject({ pid, ...plain, ...group, ...made[label] });
    });

    test('has the state, threads and signals of a process that sleeps, or is a zombie', () => {
      expect(facts).toMatchObject({
        state: zombie ? 'Z' : 'S',
        waiting: zombie ? 'no' : 'with-timeout',
        threads: 1,
        threadFacts: zombie
          ? none
          : [{ tid: pid, blocked: [], fileModeCreationMask: null, workingDirectory: '/' }],
        signals: zombie
          ? none
          : {
              blocked: [],
              ignored: [],
              ignoredOrDefault: netbsdSignals.ignoredByDefault,
              caught: [],
              pending: [],
            },
        nice: 0,
        commandName: 'init',
      });
    });

    test('has the directory and executable it was given', () => {
      expect(facts).toMatchObject({
        workingDirectory: zombie ? none : '/',
        workingDirectoryRemoved: zombie ? none : false,
        executable: zombie ? none : '/sbin/init',
        rootDirectory: zombie
          ? none
          : unreadable('NetBSD reveals the root directory of a process only in procfs: mount it on /proc'),
        fileModeCreationMask: unreadable(
          'NetBSD does not reveal the file mode creation mask of another process',
        ),
      });
      if (!zombie && label !== 'exec_argv') expect(facts.commandLine).toEqual(['init']);
    });
  },
);

test('after a double fork the process is in the group and session of an intermediate that has ended', () => {
  const { processGroup, session, pid } = observed('double_fork');
  expect(processGroup).toBe(session);
  expect(session).not.toBe(pid);
});

test('the null device is known by its vnode, which is that of the observer’s own', () => {
  const { descriptors } = observed('daemon3_style');
  expect(descriptors).toMatchObject(
    [0, 1, 2].map((fd) => ({
      fd,
      target: '/dev/null',
      kind: 'null-device',
      device: '2:2',
      access: 'read-write',
    })),
  );
});

test('without procfs another character device makes the descriptors unreadable: it may be a terminal', () => {
  expect(observed('pty_session_leader').descriptors).toEqual(
    unreadable('descriptor 0 is a character device, and NetBSD does not reveal which: mount procfs on /proc'),
  );
});

test('with procfs a character device is known by its number, and the root directory by its path', () => {
  const facts = observed('pty_session_leader', {
    procfsDescriptor: () => ({ characterDevice: true, rdev: 1280n }),
    procfsRoot: () => '/',
  });
  expect(facts.rootDirectory).toBe('/');
  expect(facts.descriptors).toMatchObject(
    [0, 1, 2].map((fd) => ({ fd, target: '/dev/ttyp0', kind: 'terminal', device: '5:0' })),
  );
});

test('an unprivileged observer sees hashed addresses that are equal for equal files', () => {
  const own = vector.dumps.find(
    ({ process, what }) => process === 'unpriv_same_uid_after_exec' && what === 'kinfo_file',
  );
  const other = vector.dumps.find(
    ({ process, what }) => process === 'unpriv_root_process' && what === 'kinfo_file',
  );
  const address = (hex = '') => Buffer.from(hex, 'hex').readBigUInt64LE(64);
  expect(address(own?.hex)).toBe(address(other?.hex));
  expect(address(own?.hex)).not.toBe(address(ownNull?.hex));
});

test('a caught signal is caught, and one that exec kept ignored or blocked is that', () => {
  const caught = observed('probe_before_TIOCNOTTY').signals;
  expect(caught).toEqual({
    blocked: [],
    ignored: [],
    ignoredOrDefault: netbsdSignals.ignoredByDefault,
    caught: ['SIGHUP'],
    pending: [],
  });
  const kept = observed('signals_after_exec').signals;
  expect(kept).toEqual({
    blocked: ['SIGUSR2'],
    ignored: ['SIGHUP'],
    ignoredOrDefault: netbsdSignals.ignoredByDefault,
    caught: [],
    pending: [],
  });
});

test('pipes have their access and are told apart', () => {
  const { descriptors } = observed('unpriv_same_uid_after_exec', {
    procfsDescriptor: () => ({ characterDevice: true, rdev: 1280n }),
  });
  if (isUnreadable(descriptors)) throw new Error(descriptors.unreadable);
  const pipes = descriptors.filter(({ kind }) => kind === 'pipe');
  expect(pipes.map(({ fd, access }) => `${fd} ${access}`)).toEqual([
    '3 read',
    '4 write',
    '5 read',
    '6 write',
  ]);
  expect(new Set(pipes.map(({ identity }) => identity)).size).toBe(4);
});
