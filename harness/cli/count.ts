/** `60`: how often. */

import { misuse, type Understood, understood } from './usage-error.ts';

const most = 10_000;

export function parseCount(text: string, of: string): Understood<number> {
  const count = Number(text);
  return /^\d+$/.test(text) && count >= 1 && count <= most
    ? understood(count)
    : misuse(`${of} is a number from 1 to ${most}, not '${text}'`);
}
