/** `60`: how often. */

import { type ParseResult, understood, usageError } from './usage-error.ts';

const most = 10_000;

export function parseCount(text: string, of: string): ParseResult<number> {
  const count = Number(text);
  return /^\d+$/.test(text) && count >= 1 && count <= most
    ? understood(count)
    : usageError(`${of} is a number from 1 to ${most}, not '${text}'`);
}
