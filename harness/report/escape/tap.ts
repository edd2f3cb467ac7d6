/** Text from outside on a line of TAP, and in its YAML block. */

import { escapeTerminal } from './terminal.ts';

/** A description: `#` begins a directive unless escaped, and a line ends at a line feed. */
export function escapeTap(text: string): string {
  return escapeTerminal(text).replace(/[\\#]/g, '\\$&');
}

/** A double-quoted scalar, which needs no knowledge of YAML to be read: JSON is part of it. */
export function quoteYaml(text: string): string {
  return JSON.stringify(escapeTerminal(text));
}
