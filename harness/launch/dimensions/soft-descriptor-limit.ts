import { isUnreadable } from '../../facts/process.ts';
import { platform } from '../../libc/platform.ts';
import { getrlimit, setrlimit } from '../../libc/sys-resource.ts';
import { compare, type Dimension } from './dimension.ts';

/** Node raises its soft limit to the hard one; this is what a login usually has, getrlimit(2). */
export const usualSoftLimit = 1024n;

/** The soft limit, with the hard one raised to it where that is permitted. */
export function limitDescriptors(soft: bigint): void {
  const { hard } = getrlimit(platform.RLIMIT_NOFILE);
  if (soft > hard && setrlimit(platform.RLIMIT_NOFILE, { soft, hard: soft }).errno === null) return;
  setrlimit(platform.RLIMIT_NOFILE, { soft: soft < hard ? soft : hard, hard });
}

export const softDescriptorLimit: Dimension = {
  apply({ start }) {
    limitDescriptors(start.softDescriptorLimit === null ? usualSoftLimit : BigInt(start.softDescriptorLimit));
  },
  needsFork: (start) => start.softDescriptorLimit !== null,
  show({ facts: { limits }, start }) {
    if (start.softDescriptorLimit === null) return null;
    return compare(isUnreadable(limits) ? limits : limits.nofile?.soft, start.softDescriptorLimit);
  },
};
