import { expect, test } from 'vitest';
import { parseProcPidCmdline } from './proc-pid-cmdline.ts';

test.each([
  ['a zombie or kernel thread has none', '', []],
  ['one argument', 'sleep\0', ['sleep']],
  ['spaces and newlines are part of an argument', 'a b\0c\nd\0', ['a b', 'c\nd']],
  ['empty arguments count', 'a\0\0\0', ['a', '', '']],
  ['a single empty argument', '\0', ['']],
  ['a title written over the arguments', 'sshd: ann [priv]', ['sshd: ann [priv]']],
])('%s', (_, text, words) => {
  expect(parseProcPidCmdline(text)).toEqual(words);
});
