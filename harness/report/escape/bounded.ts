/** Text of any length, kept to a length a person can read: an argument may be a megabyte. */

/** Of a longer text the beginning, and how long the whole is. */
export function bounded(text: string, atMost: number): string {
  if (text.length <= atMost) return text;
  // Not between the halves of a surrogate pair.
  const kept = text.slice(0, atMost).replace(/[\ud800-\udbff]$/, '');
  return `${kept}… (${text.length} characters)`;
}

/** Of a longer list the beginning, and how many more there are. */
export function boundedList(lines: readonly string[], atMost: number): readonly string[] {
  const left = lines.length - atMost;
  return left <= 1 ? lines : [...lines.slice(0, atMost), `and ${left} more`];
}
