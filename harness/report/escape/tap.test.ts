import { expect, test } from 'vitest';
import { escapeTap, quoteYaml } from './tap.ts';

test('a description holds no directive of its own', () => {
  expect(escapeTap('a # SKIP b \\# TODO')).toBe('a \\# SKIP b \\\\\\# TODO');
});

test('a description is one line and says nothing to a terminal', () => {
  expect(escapeTap('x\nok 2 - y\r\x1b[2J\u2028\ud800')).toBe(
    'x\\\\x0aok 2 - y\\\\x0d\\\\x1b[2J\\\\u2028\\\\ud800',
  );
});

test('a value cannot end the YAML block', () => {
  expect(quoteYaml('a\n  ...\nnot ok 1 "q" \\')).toBe('"a\\\\x0a  ...\\\\x0anot ok 1 \\"q\\" \\\\"');
});
