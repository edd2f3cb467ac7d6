import { expect, test } from 'vitest';
import type { Descriptor } from '../../../harness/facts/process.ts';
import {
  cleanRun,
  nullDescriptor,
  rightDaemon,
  rightWorker,
  supervisedRun,
} from '../../../harness/judge/example-run.ts';
import { profiles } from '../../profiles/index.ts';
import { judgementOf } from '../judgement-of.ts';
import { terminalDescriptors } from './terminal-descriptors.ts';

const { sysv, supervised } = profiles;
const onTerminal = (fd: number, device = '136:4'): Descriptor => ({
  ...nullDescriptor,
  fd,
  target: '/dev/pts/4',
  kind: 'terminal',
  device,
});
const daemonWith = (...descriptors: Descriptor[]) => ({ ...rightDaemon, descriptors });
const workerWith = (...descriptors: Descriptor[]) => ({ ...rightWorker, descriptors });

test('descriptors on anything but a terminal pass', () => {
  expect(judgementOf(terminalDescriptors, [cleanRun], sysv)).toEqual({ outcome: 'pass' });
});

test('a descriptor on a terminal fails, the launch terminal or another', () => {
  for (const device of ['136:4', '136:9']) {
    const run = { ...cleanRun, processes: [daemonWith(nullDescriptor, onTerminal(3, device))] };
    expect(judgementOf(terminalDescriptors, [run], sysv)).toEqual({
      outcome: 'fail',
      expected: 'no descriptor on a terminal',
      actual: '3 on /dev/pts/4',
    });
  }
});

test('standard streams on a terminal are left to standard-streams', () => {
  const run = { ...cleanRun, processes: [daemonWith(onTerminal(0), onTerminal(1), onTerminal(2))] };
  expect(judgementOf(terminalDescriptors, [run], sysv)).toEqual({ outcome: 'pass' });
});

test('where no policy asks for the null device, they count', () => {
  const any = { ...sysv, policy: { ...sysv.policy, standardStreams: { kind: 'any' } as const } };
  const run = { ...cleanRun, processes: [daemonWith(onTerminal(2))] };
  expect(judgementOf(terminalDescriptors, [run], any)).toMatchObject({
    outcome: 'fail',
    actual: '2 on /dev/pts/4',
  });
});

test('a worker may hold a terminal of its own, and not the one of the launch', () => {
  const holding = (...descriptors: Descriptor[]) => ({
    ...cleanRun,
    processes: [rightDaemon, workerWith(...descriptors)],
  });
  expect(judgementOf(terminalDescriptors, [holding(onTerminal(0, '136:9'))], sysv)).toEqual({
    outcome: 'pass',
  });
  expect(judgementOf(terminalDescriptors, [holding(onTerminal(0))], sysv)).toMatchObject({
    outcome: 'fail',
    actual: '0 on /dev/pts/4',
  });
  expect(judgementOf(terminalDescriptors, [holding(onTerminal(3))], sysv)).toMatchObject({ outcome: 'fail' });
});

test('standard streams that a worker shares with the daemon are said of the daemon', () => {
  for (const fd of [0, 1, 2]) {
    const run = {
      ...cleanRun,
      processes: [daemonWith({ ...nullDescriptor, fd: 9 }, onTerminal(fd)), workerWith(onTerminal(fd))],
    };
    expect(judgementOf(terminalDescriptors, [run], sysv)).toEqual({ outcome: 'pass' });
  }
  const more = { ...cleanRun, processes: [daemonWith(onTerminal(1)), workerWith(onTerminal(2))] };
  expect(judgementOf(terminalDescriptors, [more], sysv)).toMatchObject({ outcome: 'fail' });
});

test('a worker whose daemon cannot be looked at is judged by itself', () => {
  const unread = { ...rightDaemon, descriptors: { unreadable: 'EACCES on /proc/302/fd' } };
  const run = { ...cleanRun, processes: [unread, workerWith(onTerminal(1))] };
  expect(judgementOf(terminalDescriptors, [run], sysv)).toMatchObject({ outcome: 'fail' });
});

test('a supervised program keeps the streams of the terminal it was started on', () => {
  const on = (terminal: string | null, ...descriptors: Descriptor[]) => ({
    ...supervisedRun,
    launch: { ...supervisedRun.launch, terminal },
    processes: supervisedRun.processes.flatMap((each) => [
      { ...each, descriptors },
      { ...workerWith(...descriptors) },
    ]),
  });
  expect(judgementOf(terminalDescriptors, [on('136:4', onTerminal(0))], supervised)).toEqual({
    outcome: 'pass',
  });
  expect(judgementOf(terminalDescriptors, [on('136:4', onTerminal(3))], supervised)).toMatchObject({
    outcome: 'fail',
  });
  expect(judgementOf(terminalDescriptors, [on(null, onTerminal(0))], supervised)).toMatchObject({
    outcome: 'fail',
  });
});
