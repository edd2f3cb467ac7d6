import { expect, test } from 'vitest';
import { interpret } from './interpret.ts';

const observation = { type: 'seen', kind: 'EPERM', seen: 'setsid(): EPERM' };
const word = (changes: object = {}) =>
  `${JSON.stringify({ promise: 'a/b', pid: 7, observation, ...changes })}\n`;
const exited = 0;

test('one report from the right process that then exits is believed', () => {
  expect(interpret(word(), 'a/b', 7, exited)).toEqual(observation);
});

test.each([
  ['no report', '', exited, 'its process exited with 0 without a report'],
  ['no report and a signal', '', 11, 'its process was ended by SIGSEGV without a report'],
  [
    'no JSON',
    'hello\n',
    exited,
    'its process exited with 0 and left a report that cannot be read: "hello\\n"',
  ],
  ['null', 'null\n', exited, 'its process exited with 0 and left a report that cannot be read: "null\\n"'],
  ['a report cut short', word().trim(), exited, expect.stringContaining('that cannot be read')],
  [
    'an unknown observation',
    word({ observation: { type: 'holds' } }),
    exited,
    expect.stringContaining('cannot be read'),
  ],
  ['two reports', word() + word(), exited, '2 reports came, where its process has one to give'],
  ['another process', word({ pid: 8 }), exited, 'the report came from process 8, its process is 7'],
  ['another promise', word({ promise: 'a/c' }), exited, 'the report is about a/c'],
  ['a signal afterwards', word(), 6, 'its process reported and then was ended by SIGABRT'],
  ['an exit status', word(), 1 << 8, 'its process reported and then exited with 1'],
])('%s leaves the promise unresolved', (_, text, status, because) => {
  expect(interpret(text, 'a/b', 7, status)).toEqual({ type: 'unresolved', because });
});
