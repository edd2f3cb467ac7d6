/** A command as one would type it into a shell, safe for a terminal. */

import { escapeTerminal } from './terminal.ts';

export function quoteCommand(argv: readonly string[]): string {
  return argv.map(quoteWord).join(' ');
}

function quoteWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${escapeTerminal(word.replaceAll("'", "'\\''"))}'`;
}
