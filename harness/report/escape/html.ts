/** Text from outside as HTML text or attribute value. What a terminal would obey or a reader not see is shown as an escape. */

import { escapeTerminal } from './terminal.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return escapeTerminal(text)
    .replace(
      /\p{Noncharacter_Code_Point}/gu,
      (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
    )
    .replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
