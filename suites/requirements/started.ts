/** How a start ended, in words for a report. */

import type { Start } from '../../harness/facts/finding.ts';

/** `exit status 1 ("already running")`, with what it said where it said something. */
export function endingOf({ ending, said }: Start): string {
  const how = ending ?? 'the starter does not return';
  return said === '' ? how : `${how} ("${said}")`;
}

/** It came to a daemon, and its starter says so. */
export function succeeded({ ending, left }: Start): boolean {
  return ending === 'exit status 0' && left.length > 0;
}

/** `process 402 (exampled), process 403 (exampled)` */
export function leftOf({ left }: Pick<Start, 'left'>): string {
  return left.map(({ pid, name }) => `process ${pid} (${name})`).join(', ');
}
