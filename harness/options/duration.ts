/** `10s`, `500ms`, `2m`, `1.5s`; a bare number is seconds. */

import { type ParseResult, understood, usageError } from './usage-error.ts';

const milliseconds = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
/** What a timer of Node can hold. */
const longest = 2 ** 31 - 1;

function isUnit(word: string): word is keyof typeof milliseconds {
  return Object.hasOwn(milliseconds, word);
}

export function parseDuration(text: string, of: string): ParseResult<number> {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([a-z]*)$/.exec(text) ?? [];
  const written = unit === '' ? 's' : unit;
  if (number === '' || !isUnit(written)) {
    return usageError(`${of} '${text}' is no duration; write it like 10s, 500ms or 2m`);
  }
  const durationMs = Math.round(Number(number) * milliseconds[written]);
  if (durationMs <= 0) return usageError(`${of} '${text}' leaves no time; write it like 10s, 500ms or 2m`);
  if (durationMs > longest) return usageError(`${of} '${text}' is too long; the longest is 24 days`);
  return understood(durationMs);
}
