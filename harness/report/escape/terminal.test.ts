import { describe, expect, test } from 'vitest';
import { escapeTerminal } from './terminal.ts';

describe('escapeTerminal', () => {
  test('leaves ordinary text alone, in any script', () => {
    expect(escapeTerminal('/srv/naïve/日本/🐧 "a" \\x')).toBe('/srv/naïve/日本/🐧 "a" \\x');
  });

  test('shows every control character of C0, DEL and C1', () => {
    for (let code = 0; code <= 0x9f; code += 1) {
      if (code >= 0x20 && code <= 0x7e) continue;
      expect(escapeTerminal(String.fromCharCode(code))).toBe(`\\x${code.toString(16).padStart(2, '0')}`);
    }
  });

  test('leaves no escape sequence whole', () => {
    expect(escapeTerminal('\x1b]0;owned\x07\x1b[2J\x9b1m')).toBe('\\x1b]0;owned\\x07\\x1b[2J\\x9b1m');
  });

  test('shows bidirectional controls, line separators and invisible characters', () => {
    expect(escapeTerminal('a\u202eb\u2066c\u200fd\u061c')).toBe('a\\u202eb\\u2066c\\u200fd\\u061c');
    expect(escapeTerminal('a\u2028b\u2029c\u200bd\ufeff')).toBe('a\\u2028b\\u2029c\\u200bd\\ufeff');
    expect(escapeTerminal('\u{e0041}')).toBe('\\u{e0041}');
  });

  test('shows a lone surrogate and keeps a pair', () => {
    expect(escapeTerminal('\ud83d x \udc27')).toBe('\\ud83d x \\udc27');
    expect(escapeTerminal('\ud83d\udc27')).toBe('🐧');
  });
});
