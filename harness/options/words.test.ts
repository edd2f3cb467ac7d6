import { expect, test } from 'vitest';
import { parseWords } from './words.ts';

test.each([
  ['-x', ['-x']],
  ['', []],
  ['  -c  /etc/x.conf\t-v ', ['-c', '/etc/x.conf', '-v']],
  ['-c "my file" \'\' a\\ b', ['-c', 'my file', '', 'a b']],
  ['--x="a \\"b\\" \\n"c', ['--x=a "b" \\nc']],
  ["'a\\b'", ['a\\b']],
])('%j is taken apart', (text, words) => {
  expect(parseWords(text, '--failing-args')).toEqual({ kind: 'understood', value: words });
});

test.each([['"open'], ["it's"], ['end\\']])('%j is not', (text) => {
  expect(parseWords(text, '--failing-args')).toEqual({
    kind: 'usage-error',
    line: `--failing-args has a quote or a backslash too many: ${text}`,
  });
});
