/** Text from outside in a workflow command of GitHub Actions, which ends at a line end and decodes %0D %0A %25 %3A %2C. */

import { createHash } from 'node:crypto';
import { escapeTerminal } from './terminal.ts';

/** The message, after the second `::`. Lines stay lines. */
export function escapeGithubMessage(text: string): string {
  return text.split('\n').map(escapeTerminal).join('\n').replaceAll('%', '%25').replaceAll('\n', '%0A');
}

/** A property, as in `title=`: also what would end it. */
export function escapeGithubProperty(text: string): string {
  return escapeGithubMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** Text for the log in which no line is a command. The token depends on all of the text, so none of it can resume them. */
export function withoutCommands(text: string): string {
  const token = createHash('sha256').update(text).digest('hex');
  return `::stop-commands::${token}\n${text}${text.endsWith('\n') ? '' : '\n'}::${token}::\n`;
}
