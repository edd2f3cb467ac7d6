/**
 * What calls on terminals and processes do on each BSD: outcomes of the kinds POSIX leaves to the system, or in which
 * Linux differs. Measured on FreeBSD 12.2, OpenBSD 7.3 and NetBSD 10.99.12.
 */

import type { ErrnoName } from '../library.ts';
import type { DevnameSystem } from './sys-sysctl.ts';

/** A value the call returned, or the errno of its failure. */
export type CallOutcome = number | ErrnoName;

const everywhere = (outcome: CallOutcome): Readonly<Record<DevnameSystem, CallOutcome>> => ({
  freebsd: outcome,
  openbsd: outcome,
  netbsd: outcome,
});

export const bsdOutcomes = {
  'setsid() by a process group leader': everywhere('EPERM'),
  'open() of /dev/tty without a controlling terminal': everywhere('ENXIO'),
  // Opening a terminal never acquires it: only TIOCSCTTY does.
  'open() of /dev/tty after a session leader opened a free terminal': everywhere('ENXIO'),
  'TIOCSCTTY by a session leader': everywhere(0),
  'TIOCSCTTY by the owner once more': everywhere(0),
  'TIOCSCTTY by one that leads no session': everywhere('EPERM'),
  'TIOCSCTTY on the terminal of another session': everywhere('EPERM'),
  'TIOCNOTTY on a terminal that is not the controlling one': {
    freebsd: 'ENOTTY',
    openbsd: 'ENOTTY',
    netbsd: 'ENOSYS',
  },
  'TIOCNOTTY by the session leader': { freebsd: 0, openbsd: 'EINVAL', netbsd: 'EINVAL' },
  'TIOCNOTTY by another member of the session': { freebsd: 'EPERM', openbsd: 0, netbsd: 0 },
  'wait4() while SIGCHLD is ignored': everywhere('ECHILD'),
  'read() from the terminal after the session leader ended': everywhere(0),
  'write() to the terminal after the session leader ended': everywhere('EIO'),
  'TIOCGPGRP after the session leader ended': {
    freebsd: 'ENOTTY',
    openbsd: 'ENOTTY',
    netbsd: 'EBADF',
  },
  'read() from the terminal after its master was closed': everywhere(0),
  'write() to the terminal after its master was closed': {
    freebsd: 'ENXIO',
    openbsd: 'EIO',
    netbsd: 'EIO',
  },
  'read() from a terminal that was revoked': everywhere(0),
  'write() to a terminal that was revoked': everywhere('EIO'),
} as const satisfies Readonly<Record<string, Readonly<Record<DevnameSystem, CallOutcome>>>>;

export type BsdCall = keyof typeof bsdOutcomes;
