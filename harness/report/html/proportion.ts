/** How many of each outcome, as a bar: decoration of the numbers beside it. */

import type { Outcome } from '../../facts/result.ts';
import { html, type Markup, nothing } from './markup.ts';

export const counted: readonly Outcome[] = ['pass', 'fail', 'inconclusive'];

/** @param counts one for each outcome of `counted` */
export function proportion(counts: readonly number[]): Markup {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let from = 0;
  const parts = counts.map((count, index) => {
    const wide = (count / total) * 100;
    const part =
      count === 0
        ? nothing
        : html`<rect class="${counted[index] ?? ''}" x="${from.toFixed(2)}%" y="0" width="${wide.toFixed(2)}%" height="10"/>`;
    from += wide;
    return part;
  });
  return html`<svg class="proportion" aria-hidden="true" focusable="false" height="10">${parts}</svg>`;
}
