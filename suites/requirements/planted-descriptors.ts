/** Descriptors that the launch planted, by the side of the soft limit on which their number was. */

import type { Descriptor } from '../../harness/facts/process.ts';
import type { LaunchFacts } from '../../harness/facts/run.ts';

function wasAbove(name: string, { planted, softDescriptorLimit }: LaunchFacts): boolean {
  return Object.entries(planted).some(
    ([number, each]) =>
      each === name && softDescriptorLimit !== 'unlimited' && Number(number) >= softDescriptorLimit,
  );
}

/** A duplicate under another number is the same open file, so it counts as what was planted. */
export function stillOpen(
  where: 'below-limit' | 'above-limit',
  descriptors: readonly Descriptor[],
  launch: LaunchFacts,
): readonly Descriptor[] {
  return descriptors.filter(
    ({ planted }) => planted !== null && wasAbove(planted, launch) === (where === 'above-limit'),
  );
}

/** `17 (locked-file), 19 (pipe)` */
export function named(descriptors: readonly Descriptor[]): string {
  return descriptors.map(({ fd, planted }) => `${fd} (${planted})`).join(', ');
}
