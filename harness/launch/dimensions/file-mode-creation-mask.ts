import { umask } from '../../libc/sys-stat.ts';
import { compare, type Dimension } from './dimension.ts';

export const fileModeCreationMask: Dimension = {
  apply({ start }) {
    umask(start.fileModeCreationMask);
  },
  show: ({ facts, start }) =>
    compare(facts.fileModeCreationMask, start.fileModeCreationMask.toString(8).padStart(4, '0')),
};
