/**
 * Text from outside as XML 1.0 text or attribute value.
 *
 * What a terminal would obey, and what is no character of XML 1.0 (section 2.2), becomes a visible escape: no
 * character reference may stand for it. A line feed stays one; `]]>` is broken by the entity for `>` (section 2.4).
 */

import { escapeTerminal } from './terminal.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Of the noncharacters only U+FFFE and U+FFFF are forbidden, but no tool wants to see the others either. */
const noncharacter = /\p{Noncharacter_Code_Point}/gu;

export function escapeXml(text: string): string {
  return text
    .split('\n')
    .map(escapeTerminal)
    .join('\n')
    .replace(noncharacter, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
    .replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** As an attribute value: a line feed would be read as a space (section 3.3.3). */
export function escapeXmlAttribute(text: string): string {
  return escapeXml(text).replaceAll('\n', '&#10;');
}
