/** Descriptors in words for a report. */

import type { Descriptor } from '../../harness/facts/process.ts';

/** `1 on /dev/pts/3` */
export function whereTo({ fd, target }: Descriptor): string {
  return `${fd} on ${target}`;
}

export function isReadable({ access }: Descriptor): boolean {
  return access === 'read' || access === 'read-write';
}

export function isWritable({ access }: Descriptor): boolean {
  return access === 'write' || access === 'read-write';
}
