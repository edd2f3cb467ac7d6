import { expect, test } from 'vitest';
import { type ProcPidStatus, parseProcPidStatus, readProcPidStatus } from './proc-pid-status.ts';

const path = '/proc/402/status';

const text = `Name:\tawkward\\nUmask:\\t0777
Umask:\t0137
State:\tS (sleeping)
Tgid:\t402
Ngid:\t0
Pid:\t402
PPid:\t401
TracerPid:\t0
Uid:\t1000\t1001\t1002\t1003
Gid:\t100\t101\t102\t103
FDSize:\t256
Groups:\t27 100 4294967295 
NStgid:\t402
Kthread:\t0
VmPeak:\t    3060 kB
Threads:\t1
SigQ:\t0/96365
SigPnd:\t0000000000000001
ShdPnd:\t0000000000004000
SigBlk:\t0000000000006a00
SigIgn:\t0000000000001000
SigCgt:\t8000000180000002
CapInh:\t0000000000000000
CapPrm:\t0000000000000400
CapEff:\t0000000000000000
CapBnd:\t000001ffffffffff
CapAmb:\t0000000000000000
NoNewPrivs:\t1
Seccomp:\t0
voluntary_ctxt_switches:\t4
nonvoluntary_ctxt_switches:\t2
`;

const parsed: ProcPidStatus = {
  state: 'S',
  fileModeCreationMask: '0137',
  userIds: { real: 1000, effective: 1001, saved: 1002 },
  groupIds: { real: 100, effective: 101, saved: 102 },
  supplementaryGroups: [27, 100, 4294967295],
  signals: {
    blocked: ['SIGUSR1', 'SIGUSR2', 'SIGALRM', 'SIGTERM'],
    ignored: ['SIGPIPE'],
    caught: ['SIGINT', 'SIG32', 'SIG33', 'SIGRTMIN+30'],
    pending: ['SIGHUP', 'SIGTERM'],
  },
  capabilities: {
    permitted: ['CAP_NET_BIND_SERVICE'],
    effective: [],
    inheritable: [],
    ambient: [],
    noNewPrivileges: true,
  },
  moment: expect.any(String),
};

test('every fact of a status file', () => {
  expect(parseProcPidStatus(text, path)).toEqual(parsed);
});

test('no supplementary groups is an empty list', () => {
  expect(parseProcPidStatus(text.replace(/Groups:.*/, 'Groups:\t '), path).supplementaryGroups).toEqual([]);
});

test('a kernel before Linux 4.7 shows no file mode creation mask', () => {
  expect(parseProcPidStatus(text.replace('\nUmask:\t0137', ''), path)).toEqual({
    ...parsed,
    fileModeCreationMask: { unreadable: 'no Umask in /proc/402/status' },
  });
});

test('a zombie shows none either', () => {
  const zombie = text.replace('\nUmask:\t0137', '').replace('S (sleeping)', 'Z (zombie)');
  expect(parseProcPidStatus(zombie, path)).toEqual({
    ...parsed,
    state: 'Z',
    fileModeCreationMask: { unreadable: 'no Umask in /proc/402/status (zombie)' },
  });
});

test('a context switch makes another moment, a page more in memory does not', () => {
  const { moment } = parseProcPidStatus(text, path);
  expect(parseProcPidStatus(text.replace('3060', '4000'), path).moment).toBe(moment);
  expect(parseProcPidStatus(text.replace('switches:\t4', 'switches:\t5'), path).moment).not.toBe(moment);
});

test('where context switches are not counted no moment can be told from another', () => {
  expect(parseProcPidStatus(text.replace(/\n(non)?voluntary.*/g, ''), path).moment).toBeNull();
});

test('an empty file leaves every fact unreadable', () => {
  expect(parseProcPidStatus('', path)).toEqual({
    state: { unreadable: 'no known State in /proc/402/status' },
    fileModeCreationMask: { unreadable: 'no Umask in /proc/402/status' },
    userIds: { unreadable: 'no Uid in /proc/402/status' },
    groupIds: { unreadable: 'no Gid in /proc/402/status' },
    supplementaryGroups: { unreadable: 'no Groups in /proc/402/status' },
    signals: { unreadable: 'no SigBlk in /proc/402/status' },
    capabilities: { unreadable: 'no CapPrm in /proc/402/status' },
    moment: null,
  });
});

test('a file that cannot be read gives every fact its reason', () => {
  const gone = { unreadable: 'ENOENT on /proc/0/status' };
  expect(readProcPidStatus('/proc/0/status')).toEqual({
    state: gone,
    fileModeCreationMask: gone,
    userIds: gone,
    groupIds: gone,
    supplementaryGroups: gone,
    signals: gone,
    capabilities: gone,
    moment: null,
  });
});
