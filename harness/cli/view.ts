/** How a report looks at its destination: colours and width are decided here, once, and by nobody else. */

import type { GivenOptions } from '../options/arguments.ts';
import { choose } from '../options/choice.ts';
import { type ParseResult, understood } from '../options/usage-error.ts';
import type { PrettyView } from '../report/check/pretty.ts';
import type { Destination } from './destination.ts';
import type { Io } from './io.ts';

const colorWords = ['auto', 'always', 'never'] as const;
export type ColorWord = (typeof colorWords)[number];

const plainWidth = 80;
const narrowest = 40;
/** Prose on longer lines is hard to read. */
const widest = 120;

export function readColor(given: GivenOptions): ParseResult<ColorWord> {
  const word = given.color?.at(-1);
  return word === undefined
    ? understood('auto')
    : choose(word, colorWords, { of: '--color', noun: 'choice' });
}

export function viewOf(
  terminal: Destination['terminal'],
  color: ColorWord,
  given: GivenOptions,
  env: Io['env'],
): PrettyView {
  return {
    color: color === 'always' || (color === 'auto' && terminal !== null && wantsColor(env)),
    width: Math.min(widest, Math.max(narrowest, terminal?.columns ?? plainWidth)),
    verbose: given.verbose !== undefined,
    quiet: given.quiet !== undefined,
  };
}

/** https://no-color.org: set and not empty. */
function wantsColor(env: Io['env']): boolean {
  return (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
}
