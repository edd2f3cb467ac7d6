import { expect, test } from 'vitest';
import { escapeHtml } from './html.ts';

test('nothing of it is markup', () => {
  expect(escapeHtml(`</p><script>alert("1")</script>&amp;'`)).toBe(
    '&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;&#39;',
  );
});

test('what no reader sees is shown', () => {
  expect(escapeHtml('\0\x1b[2J\u202ex\n\ud800\ufffe\u2028')).toBe(
    '\\x00\\x1b[2J\\u202ex\\x0a\\ud800\\u{fffe}\\u2028',
  );
});

test('ordinary text is left alone, in any script', () => {
  expect(escapeHtml('naïve 日本 🐧 \\x')).toBe('naïve 日本 🐧 \\x');
});
