import { expect, test } from 'vitest';
import { completePidIn, namesOneOf, pidIn } from './pidfile-text.ts';

test.each([
  ['302\n', 302, 302],
  ['302\n/var/lib/exampled\n', 302, 302],
  ['302', 302, null],
  ['  302 \n', 302, null],
  ['302 \n', 302, null],
  ['', null, null],
  ['\n302\n', 302, null],
  ['1\n', null, null],
  ['0302\n', null, null],
  ['-302\n', null, null],
  ['302 303\n', null, null],
  ['exampled\n', null, null],
  ['99999999999999999999\n', null, null],
])('%j', (text, pid, complete) => {
  expect(pidIn(text)).toBe(pid);
  expect(completePidIn(text)).toBe(complete);
});

test.each([
  ['302\n', true],
  ['303\n/var/lib/exampled\n', true],
  ['302', false],
  ['301\n', false],
  ['exampled\n', false],
])('%j names one of two processes: %j', (text, names) => {
  const file = { kind: 'file', text, mode: '0644', userId: 0, identity: '8:1' } as const;
  expect(namesOneOf(file, [{ pid: 302 }, { pid: 303 }])).toBe(names);
});

test('what is not there names nobody', () => {
  expect(namesOneOf({ absent: 'ENOENT' }, [{ pid: 302 }])).toBe(false);
});
