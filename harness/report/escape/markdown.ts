/** Text from outside in Markdown as GitHub reads it: nothing of it is markup, a link, a mention or an emoji. */

import { escapeTerminal } from './terminal.ts';

const noncharacter = /\p{Noncharacter_Code_Point}/gu;

/** Any ASCII punctuation may be escaped (CommonMark 6.1); escaped is what can begin something, in a table cell too. */
export function escapeMarkdown(text: string): string {
  return (
    escapeTerminal(text)
      .replace(noncharacter, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replace(/[\\`*_[\]#|~$]/g, '\\$&')
      // A mention or an address; a bare link; an emoji.
      .replaceAll('@', '&#64;')
      .replace(/www\./gi, (found) => `${found.slice(0, 3)}&#46;`)
      .replace(/:(?=\/\/|[\w+-]+:)/g, '\\:')
      // What counts at the beginning of a line only: a list, a rule, an underlined heading, indented code.
      .replace(/^(\s*)([-+=])/, '$1\\$2')
      .replace(/^(\s*\d+)([.)])/, '$1\\$2')
      .replace(/^ /, '&#32;')
  );
}

/** As code where that is safe to write, else as escaped text between code tags. */
export function codeMarkdown(text: string): string {
  const shown = escapeTerminal(text);
  const plain =
    /^[^\s`|][^`|]*$/.test(shown) && !/\s$/.test(shown) && !/\p{Noncharacter_Code_Point}/u.test(shown);
  return plain ? `\`${shown}\`` : `<code>${escapeMarkdown(text)}</code>`;
}
