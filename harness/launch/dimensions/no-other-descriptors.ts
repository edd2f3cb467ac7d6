import { isUnreadable } from '../../facts/process.ts';
import { placeDescriptors } from '../place-descriptors.ts';
import { plantedDescriptors } from '../protocol.ts';
import type { Dimension } from './dimension.ts';

export const noOtherDescriptors: Dimension = {
  apply: ({ placement }) => placeDescriptors(placement),
  show({ facts, start }) {
    if (isUnreadable(facts.descriptors)) return { because: facts.descriptors.unreadable };
    const asked: number[] = start.plantDescriptors ? plantedDescriptors.map(({ fd }) => fd) : [];
    const others = facts.descriptors.filter(({ fd }) => fd > 2 && !asked.includes(fd));
    const names = others.map(({ fd, target }) => `${fd} -> ${target}`);
    return others.length === 0 ? { seen: 'none' } : { because: `the canary has also ${names.join(', ')}` };
  },
};
