/** Every descriptor of the program into its place, in one go: streams, what is planted, and the status channel. */

import { F_DUPFD_CLOEXEC, F_SETFD, FD_CLOEXEC, fcntl } from '../libc/fcntl.ts';
import { closeRange, lastDescriptor } from '../libc/sys-close-range.ts';
import { dup2 } from '../libc/unistd.ts';

/** Where the status channel stands until execve(2) closes it. */
export const statusDescriptor = 3;
/** Descriptors are first moved above every number that is to be filled, so that none overwrites another. */
const workArea = 910;
/** The limit of open descriptors below which some of them could not be moved there. */
export const descriptorsNeeded = workArea + 10;

export interface Placement {
  readonly standardStreams: readonly [number, number, number] | null;
  readonly planted: readonly { readonly fd: number; readonly source: number }[];
  readonly status: number;
  /** Slave of the launch terminal, to become its foreground group or its leader; -1 without one. */
  readonly terminal: number;
}

/** Closes all others. What cannot be placed is left out: the canary shows it. */
export function placeDescriptors({ standardStreams, planted, status }: Placement): void {
  const wanted = [
    ...(standardStreams ?? []).map((source, fd) => ({ fd, source })),
    { fd: statusDescriptor, source: status },
    ...planted,
  ];
  const moved = wanted.map(({ fd, source }) => ({
    fd,
    source: fcntl(source, F_DUPFD_CLOEXEC, workArea).value,
  }));
  for (const { fd, source } of moved) if (source >= 0) dup2(source, fd);
  fcntl(statusDescriptor, F_SETFD, FD_CLOEXEC);
  let next = standardStreams === null ? 0 : 3;
  for (const fd of [statusDescriptor, ...planted.map((one) => one.fd)].sort((a, b) => a - b)) {
    closeRange(next, fd - 1);
    next = fd + 1;
  }
  closeRange(next, lastDescriptor);
}
