/**
 * Text from outside, made safe for a terminal: a process may be named `\x1b]0;owned\x07`.
 *
 * Escaped are the control characters of ECMA-48 (C0, DEL, C1), what Unicode UAX #9 lets reorder a line, what breaks
 * a line or hides in it, and lone surrogates. A backslash stays as it is: paths are read by people.
 */

const bidiControls = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';
const lineBreaksAndInvisible =
  '\\u00ad\\u180e\\u200b\\u2028\\u2029\\u2060-\\u2064\\u206a-\\u206f\\ufeff\\ufff9-\\ufffb';
const tagCharacters = '\\u{e0000}-\\u{e007f}';

const unsafe = new RegExp(
  `[\\u0000-\\u001f\\u007f-\\u009f${bidiControls}${lineBreaksAndInvisible}${tagCharacters}\\p{Surrogate}]`,
  'gu',
);

export function escapeTerminal(text: string): string {
  return text.replace(unsafe, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
    if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
    return `\\u{${code.toString(16)}}`;
  });
}
