/** What was measured on the BSDs, as expectations: one table says it for every promise, and is compared with the bytes. */

import { type BsdCall, bsdOutcomes } from '../../../harness/libc/bsd/outcomes.ts';
import type { DevnameSystem } from '../../../harness/libc/bsd/sys-sysctl.ts';
import type { SourcedKind } from './promise.ts';

export const measuredOn: Readonly<Record<DevnameSystem, string>> = {
  freebsd: 'FreeBSD 12.2',
  openbsd: 'OpenBSD 7.3',
  netbsd: 'NetBSD 10.99.12',
};

/** @param words what the promise calls an outcome, where it is not `succeeds` for 0 or the name of the errno */
export function measured(
  call: BsdCall,
  words: Readonly<Record<string, string>> = {},
): Readonly<Record<DevnameSystem, SourcedKind>> {
  const on = (system: DevnameSystem): SourcedKind => {
    const outcome = String(bsdOutcomes[call][system]);
    const kind = words[outcome] ?? (outcome === '0' ? 'succeeds' : outcome);
    return { kind, source: `measured on ${measuredOn[system]}: ${call}` };
  };
  return { freebsd: on('freebsd'), openbsd: on('openbsd'), netbsd: on('netbsd') };
}
