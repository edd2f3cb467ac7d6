/** Text fitted to the width of a terminal. */

/** At most `width` characters, the last an ellipsis if something was cut. */
export function cut(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** As `cut`, keeping the end, which tells one path from another. */
export function cutStart(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `…${characters.slice(characters.length - width + 1).join('')}`;
}

export interface HangingIndent {
  /** Before the first line. */
  readonly first: string;
  /** Before every other line. */
  readonly rest: string;
}

/** Breaks at spaces only, so that a path is never torn: a word longer than the line has a line of its own. */
export function wrap(text: string, width: number, { first, rest }: HangingIndent): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line);
  return lines;
}
