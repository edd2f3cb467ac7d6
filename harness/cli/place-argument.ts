/** `--log={}`: an argument in which the braces stand for a terminal. */

import { misuse, type Understood, understood } from './misuse.ts';

export function parseTerminalArgument(text: string, of: string): Understood<string> {
  return text.includes('{}')
    ? understood(text)
    : misuse(`${of} needs {} where the path of the terminal goes, as in --terminal-arg=--log={}`);
}
