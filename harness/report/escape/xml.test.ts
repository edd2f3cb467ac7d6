import { describe, expect, test } from 'vitest';
import { escapeXml, escapeXmlAttribute } from './xml.ts';

describe('escapeXml', () => {
  test('leaves nothing that is markup', () => {
    expect(escapeXml(`<b a="1" c='2'>&amp; ]]> -->`)).toBe(
      '&lt;b a=&quot;1&quot; c=&apos;2&apos;&gt;&amp;amp; ]]&gt; --&gt;',
    );
  });

  test('shows what is no character of XML 1.0', () => {
    expect(escapeXml('\0\x0b\x1b[2J\x7f\x85\ud800\ufffe\uffff\u{1ffff}')).toBe(
      '\\x00\\x0b\\x1b[2J\\x7f\\x85\\ud800\\u{fffe}\\u{ffff}\\u{1ffff}',
    );
  });

  test('shows what would reorder the text or hide in it', () => {
    expect(escapeXml('\u202egnp.exe\u2066\u200b')).toBe('\\u202egnp.exe\\u2066\\u200b');
  });

  test('keeps lines in text, and in an attribute as references', () => {
    expect(escapeXml('a\nb\r')).toBe('a\nb\\x0d');
    expect(escapeXmlAttribute('a\nb')).toBe('a&#10;b');
  });

  test('leaves ordinary text alone, in any script', () => {
    expect(escapeXml('naïve 日本 🐧 \\x')).toBe('naïve 日本 🐧 \\x');
  });
});
