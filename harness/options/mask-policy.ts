/** `any`, `inherited`, `zero`, `022`, `max:027`. */

import type { MaskPolicy } from '../judge/profile.ts';
import { didYouMean } from './near-miss.ts';
import { type ParseResult, understood, usageError } from './usage-error.ts';

const words = ['any', 'inherited', 'zero'];

export function parseMaskPolicy(text: string, of: string): ParseResult<MaskPolicy> {
  if (text === 'any' || text === 'inherited') return understood({ kind: text });
  if (text === 'zero') return understood({ kind: 'exact', mask: 0 });
  const [, atMost, digits = ''] = /^(max:)?([0-7]{1,4})$/.exec(text) ?? [];
  const mask = Number.parseInt(digits, 8);
  if (digits === '' || mask > 0o777) {
    const meant = didYouMean(text, words);
    return usageError(
      `${of} '${text}' is no mask${meant || '; write any, inherited, zero, octal digits like 022, or max:022'}`,
    );
  }
  return understood({ kind: atMost === undefined ? 'exact' : 'at-most', mask });
}
