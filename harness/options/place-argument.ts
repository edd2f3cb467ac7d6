/** `--log={}`: an argument in which the braces stand for a place that the harness has made. */

import { type ParseResult, understood, usageError } from './usage-error.ts';

export function parseTerminalArgument(text: string, of: string): ParseResult<string> {
  return text.includes('{}')
    ? understood(text)
    : usageError(`${of} needs {} where the path of the terminal goes, as in --terminal-arg=--log={}`);
}

export function parseDirectoryArgument(text: string, of: string): ParseResult<string> {
  return text.includes('{}')
    ? understood(text)
    : usageError(`${of} needs {} where the path of the directory goes, as in --directory-arg=--workdir={}`);
}
