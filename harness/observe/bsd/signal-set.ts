/** Signal sets in the kernel's records: bit n-1 is signal n, from the first byte on. */

import type { SignalSets } from '../../facts/process.ts';
import type { SignalNumbers } from '../../libc/constants/bsd-signals.ts';

/** Names in the order of their numbers. */
export function namesInSet(set: Buffer, { names }: SignalNumbers): string[] {
  const held: string[] = [];
  for (let index = 0; index < set.length * 8; index++) {
    if ((((set[index >> 3] ?? 0) >> (index & 7)) & 1) === 1) held.push(names[index] ?? `SIG${index + 1}`);
  }
  return held;
}

/** For signals that are ignored by default the kernel's set does not tell SIG_IGN from SIG_DFL. */
export function ignoredInSet(
  set: Buffer,
  signals: SignalNumbers,
): Required<Pick<SignalSets, 'ignored' | 'ignoredOrDefault'>> {
  const held = namesInSet(set, signals);
  const byDefault = (name: string): boolean => signals.ignoredByDefault.includes(name);
  return { ignored: held.filter((name) => !byDefault(name)), ignoredOrDefault: held.filter(byDefault) };
}

/** The names that are in one set or the other. */
export function union(one: Buffer, other: Buffer): Buffer {
  return Buffer.from(one.map((byte, index) => byte | (other[index] ?? 0)));
}
