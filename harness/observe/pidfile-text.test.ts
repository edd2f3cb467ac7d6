import { expect, test } from 'vitest';
import { completePidIn, pidIn } from './pidfile-text.ts';

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
