/** `-c "my file" --verbose`: arguments as a shell takes them apart, without what else a shell does with them. */

import { type ParseResult, understood, usageError } from './usage-error.ts';

const piece = /'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])|([^\s'"\\]+)|(\s+)/y;

export function parseWords(text: string, of: string): ParseResult<readonly string[]> {
  const words: string[] = [];
  let word: string | null = null;
  piece.lastIndex = 0;
  while (piece.lastIndex < text.length) {
    const found = piece.exec(text);
    if (found === null) return usageError(`${of} has a quote or a backslash too many: ${text}`);
    const [, single, double, escaped, plain, blank] = found;
    if (blank !== undefined) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      // In double quotes a backslash keeps its meaning before these alone, XCU 2.2.3.
      word = `${word ?? ''}${single ?? double?.replace(/\\([$`"\\])/g, '$1') ?? escaped ?? plain ?? ''}`;
    }
  }
  if (word !== null) words.push(word);
  return understood(words);
}
