import { expect, test } from 'vitest';
import { unreadable } from '../../facts/process.ts';
import type { OpenDescriptors } from './descriptors.ts';
import type { ProcPidSyscall } from './proc-pid-syscall.ts';
import type { Task } from './threads.ts';
import { waitingOf } from './waiting.ts';

function calling(number: number, ...given: bigint[]): ProcPidSyscall {
  const registers = [...given, 0n, 0n, 0n, 0n, 0n, 0n].slice(0, 6);
  return { kind: 'in-call', number, arguments: registers, stackPointer: 0x7ffc3ca223b8n };
}
const pause = calling(34);
const nanosleep = calling(35, 0x7ffcn);
const sigwait = calling(128, 0x7ffcn);

const none = { blocked: [], ignored: [], caught: [], pending: [] };
const asleep: Task = {
  tid: 402,
  state: 'S',
  signals: none,
  call: pause,
  moment: '',
  facts: { tid: 402, blocked: [], fileModeCreationMask: null, workingDirectory: null },
};
const nothingOpen: OpenDescriptors = { descriptors: [], clocked: false, timerfds: [], signalMasks: [] };

const armed = { mayAlarmBeArmed: () => true, receivesForEver: () => false };
const notArmed = { ...armed, mayAlarmBeArmed: () => false };

function waiting(tasks: readonly Task[], open: OpenDescriptors = nothingOpen): unknown {
  return waitingOf(tasks, open, false, 'x64', armed);
}

test('a process whose every thread waits for ever waits without timeout', () => {
  expect(waiting([asleep, asleep])).toBe('without-timeout');
});

test('one thread with a timeout is enough to end the sleep', () => {
  expect(waiting([asleep, { ...asleep, call: nanosleep }])).toBe('with-timeout');
});

test.each(['R', 'T', 't'] as const)('a thread in state %s does not sleep', (state) => {
  expect(waiting([asleep, { ...asleep, state }])).toBe('no');
});

test('a thread found running although its state was sleeping does not sleep', () => {
  expect(waiting([{ ...asleep, call: { kind: 'running' } }])).toBe('no');
});

test('a disk sleep is not known to last', () => {
  expect(waiting([{ ...asleep, state: 'D' }])).toBe('with-timeout');
});

test('an ended main thread does not count, an ended process does not sleep', () => {
  const ended: Task = { ...asleep, state: 'Z', call: { kind: 'outside-call' } };
  expect(waiting([ended, asleep])).toBe('without-timeout');
  expect(waiting([ended])).toBe('no');
});

test('alarm(2) may end the sleep of whoever catches SIGALRM', () => {
  expect(waiting([{ ...asleep, signals: { ...none, caught: ['SIGALRM'] } }])).toBe('unless-alarm');
});

test('alarm(2) ends no sleep where nobody has set an alarm', () => {
  const catching = { ...asleep, signals: { ...none, caught: ['SIGALRM'] } };
  expect(waitingOf([catching], nothingOpen, false, 'x64', notArmed)).toBe('without-timeout');
  expect(waitingOf([catching], nothingOpen, true, 'x64', notArmed)).toBe('unless-alarm');
});

test('alarm(2) may end sigwait(3), unless SIGALRM is blocked and so not awaited', () => {
  const blocked = { ...none, blocked: ['SIGALRM'] };
  expect(waiting([{ ...asleep, call: sigwait }])).toBe('unless-alarm');
  expect(waiting([{ ...asleep, call: sigwait, signals: blocked }])).toBe('without-timeout');
});

test('alarm(2) may make a signalfd ready', () => {
  expect(waiting([asleep], { ...nothingOpen, signalMasks: ['0000000000002000'] })).toBe('unless-alarm');
  expect(waiting([asleep], { ...nothingOpen, signalMasks: ['0000000000004000'] })).toBe('without-timeout');
});

test('a timerfd that is set may end the sleep', () => {
  expect(waiting([asleep], { ...nothingOpen, clocked: true })).toBe('with-timeout');
});

test('a POSIX timer may end the sleep', () => {
  expect(waitingOf([asleep], nothingOpen, true, 'x64', armed)).toBe('unless-alarm');
});

test('what cannot be read is not taken for an endless wait', () => {
  const reason = unreadable('EACCES on /proc/402/syscall');
  expect(waiting([{ ...asleep, call: reason }])).toEqual(reason);
  expect(waitingOf([asleep], reason, false, 'x64', armed)).toEqual(reason);
  expect(waitingOf([asleep], nothingOpen, reason, 'x64', armed)).toEqual(reason);
});

test('an architecture without a table of system calls is said so', () => {
  expect(waitingOf([asleep], nothingOpen, false, 's390x', armed)).toEqual(
    unreadable('no table of system calls for s390x'),
  );
});
