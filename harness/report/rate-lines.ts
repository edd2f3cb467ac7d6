/** What was tried many times, a line each. */

import { rateOf } from '../judge/rate.ts';
import type { Probes } from '../observe/finding.ts';

/** `leader-start: 60 of 60 (95 % interval 94 to 100 %)` */
export function rateLines(probes: Probes): string[] {
  return Object.entries(probes).flatMap(([name, found]) =>
    found.kind === 'survival' && found.attempts > 1
      ? [`${name}: the daemon survived ${rateOf(found.survived, found.attempts)}`]
      : [],
  );
}
