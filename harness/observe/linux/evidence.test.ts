import { expect, test } from 'vitest';
import type { Descriptor, FactName, ProcessFacts } from '../../facts/process.ts';
import { evidenceOf, evidenceOfDescriptor } from './evidence.ts';

const terminal: Descriptor = {
  fd: 7,
  target: '/dev/pts/3',
  kind: 'terminal',
  access: 'read-write',
  device: '136:3',
  identity: '26:6',
  deleted: false,
  closeOnExec: false,
  planted: null,
};
const file: Descriptor = { ...terminal, fd: 8, target: '/etc/passwd', kind: 'file', device: null };

const facts: ProcessFacts = {
  pid: 402,
  parent: { pid: 1, role: 'init' },
  processGroup: 401,
  session: 402,
  terminal: { device: '136:3', name: '/dev/pts/3' },
  foregroundProcessGroup: -1,
  fileModeCreationMask: '0022',
  workingDirectory: '/home/ann',
  workingDirectoryRemoved: true,
  rootDirectory: '/',
  executable: '/usr/bin/x',
  commandName: 'a) b (c',
  commandLine: ['x', 'a b'],
  state: 'S',
  startTime: 96753,
  threads: 1,
  threadFacts: [
    { tid: 402, blocked: ['SIGTERM'], fileModeCreationMask: '0022', workingDirectory: '/' },
    { tid: 403, blocked: [], fileModeCreationMask: null, workingDirectory: null },
  ],
  descriptors: [
    { ...file, fd: 0, target: '/dev/null', kind: 'null-device', device: '1:3' },
    { ...file, fd: 1 },
    terminal,
    file,
    { ...file, fd: 17, target: '/tmp/x (deleted)', planted: 'locked file', deleted: true },
  ],
  signals: { blocked: ['SIGTERM'], ignored: [], caught: ['SIGHUP', 'SIGRTMIN'], pending: [] },
  userIds: { real: 0, effective: 1, saved: 2 },
  groupIds: { real: 3, effective: 4, saved: 5 },
  supplementaryGroups: [27, 100],
  nice: 5,
  oomScoreAdjustment: 500,
  limits: { nofile: { soft: 256, hard: 'unlimited' } },
  capabilities: {
    permitted: ['CAP_KILL'],
    effective: [],
    inheritable: [],
    ambient: [],
    noNewPrivileges: false,
  },
  environmentMarker: true,
  sessionVariables: ['TERM', 'SSH_TTY'],
  waiting: 'without-timeout',
};

const expected: Readonly<Record<FactName, readonly string[]>> = {
  parent: ['/proc/402/stat field 4 (ppid) = 1 (init)'],
  processGroup: ['/proc/402/stat field 5 (pgrp) = 401'],
  session: ['/proc/402/stat field 6 (session) = 402'],
  terminal: ['/proc/402/stat field 7 (tty_nr) = 34819 (device 136:3, /dev/pts/3)'],
  foregroundProcessGroup: ['/proc/402/stat field 8 (tpgid) = -1'],
  fileModeCreationMask: ['/proc/402/status Umask = 0022'],
  workingDirectory: ['/proc/402/cwd -> /home/ann'],
  workingDirectoryRemoved: ['stat -L /proc/402/cwd: link count 0, removed'],
  rootDirectory: ['/proc/402/root -> /'],
  executable: ['/proc/402/exe -> /usr/bin/x'],
  commandName: ['/proc/402/stat field 2 (comm) = (a) b (c)'],
  commandLine: ['/proc/402/cmdline = ["x","a b"]'],
  state: ['/proc/402/stat field 3 (state) = S'],
  startTime: ['/proc/402/stat field 22 (starttime) = 96753'],
  threads: ['/proc/402/stat field 20 (num_threads) = 1'],
  threadFacts: [
    '/proc/402/task/402: SigBlk = 0000000000004000 (SIGTERM), Umask = 0022, cwd -> /',
    '/proc/402/task/403: SigBlk = 0000000000000000',
  ],
  descriptors: [
    '/proc/402/fd: 0-1 7-8 17',
    '/proc/402/fd/0 -> /dev/null (device 1:3)',
    '/proc/402/fd/1 -> /etc/passwd',
    '/proc/402/fd/7 -> /dev/pts/3 (device 136:3)',
    '/proc/402/fd/17 -> /tmp/x (deleted) (planted: locked file, link count 0)',
  ],
  signals: [
    '/proc/402/status SigBlk = 0000000000004000 (SIGTERM)',
    '/proc/402/status SigIgn = 0000000000000000',
    '/proc/402/status SigCgt = 0000000200000001 (SIGHUP SIGRTMIN)',
    '/proc/402/status SigPnd | ShdPnd = 0000000000000000',
  ],
  userIds: ['/proc/402/status Uid = 0 1 2'],
  groupIds: ['/proc/402/status Gid = 3 4 5'],
  supplementaryGroups: ['/proc/402/status Groups = 27 100'],
  nice: ['/proc/402/stat field 19 (nice) = 5'],
  oomScoreAdjustment: ['/proc/402/oom_score_adj = 500'],
  limits: ['/proc/402/limits Max open files = 256 unlimited'],
  capabilities: [
    '/proc/402/status CapPrm = 0000000000000020',
    '/proc/402/status CapEff = 0000000000000000',
    '/proc/402/status CapInh = 0000000000000000',
    '/proc/402/status CapAmb = 0000000000000000',
    '/proc/402/status NoNewPrivs = 0',
  ],
  environmentMarker: ['/proc/402/environ holds a planted variable'],
  sessionVariables: ['/proc/402/environ holds TERM, SSH_TTY'],
  waiting: ['/proc/402/syscall: every thread waits in a call that no clock ends'],
};

test.each(Object.keys(expected) as FactName[])(
  'the evidence of %s names its place and what stood there',
  (name) => {
    expect(evidenceOf(facts, name)).toEqual(expected[name]);
  },
);

test('no controlling terminal is tty_nr 0', () => {
  expect(evidenceOf({ ...facts, terminal: null }, 'terminal')).toEqual([
    '/proc/402/stat field 7 (tty_nr) = 0',
  ]);
});

test('the evidence of an unreadable fact is its reason', () => {
  const hidden = { ...facts, workingDirectory: { unreadable: 'EACCES on /proc/402/cwd' } };
  expect(evidenceOf(hidden, 'workingDirectory')).toEqual(['EACCES on /proc/402/cwd']);
});

test('thousands of descriptors make a few lines', () => {
  const many = Array.from({ length: 10_000 }, (_, fd): Descriptor => ({ ...terminal, fd: fd * 2 }));
  const lines = evidenceOf({ ...facts, descriptors: many }, 'descriptors');
  expect(lines.length).toBe(22);
  expect(lines[0]).toMatch(/^\/proc\/402\/fd: 0 2 4 .* 38 and 9980 more$/);
  expect(lines.at(-1)).toBe('and 9980 more');
});

test('one descriptor', () => {
  expect(evidenceOfDescriptor(402, file)).toBe('/proc/402/fd/8 -> /etc/passwd');
});
