import { expect, test } from 'vitest';
import { readVector } from '../../observe/bsd/captured/replay.ts';
import { type BsdCall, bsdOutcomes } from './outcomes.ts';

/** The probe that measured each, by its name in the captured files. */
const probes: Readonly<Record<BsdCall, string>> = {
  'setsid() by a process group leader': 'setsid_as_group_leader',
  'open() of /dev/tty without a controlling terminal': 'open_dev_tty_without_ctty',
  'open() of /dev/tty after a session leader opened a free terminal': 'open_dev_tty_after_slave_open',
  'TIOCSCTTY by a session leader': 'TIOCSCTTY',
  'TIOCSCTTY by the owner once more': 'TIOCSCTTY_again',
  'TIOCSCTTY by one that leads no session': 'TIOCSCTTY_non_leader',
  'TIOCSCTTY on the terminal of another session': 'TIOCSCTTY_steal_owned_tty',
  'TIOCNOTTY on a terminal that is not the controlling one': 'TIOCNOTTY_no_ctty',
  'TIOCNOTTY by the session leader': 'TIOCNOTTY_as_leader_on_dev_tty',
  'TIOCNOTTY by another member of the session': 'TIOCNOTTY_non_leader_on_dev_tty',
  'wait4() while SIGCHLD is ignored': 'SIGCHLD_IGN_wait4',
  'read() from the terminal after the session leader ended': 'leader_exit_member_read_slave',
  'write() to the terminal after the session leader ended': 'leader_exit_member_write_slave',
  'TIOCGPGRP after the session leader ended': 'leader_exit_member_TIOCGPGRP',
  'read() from the terminal after its master was closed': 'master_close_read_slave',
  'write() to the terminal after its master was closed': 'master_close_write_slave',
  'read() from a terminal that was revoked': 'revoked_read',
  'write() to a terminal that was revoked': 'revoked_write',
};

/** <sys/errno.h>: the same on the three, but for ENOSYS, which is 78 there. */
const errnos: Readonly<Record<string, number>> = {
  EPERM: 1,
  EIO: 5,
  ENXIO: 6,
  EBADF: 9,
  ECHILD: 10,
  EINVAL: 22,
  ENOTTY: 25,
  ENOSYS: 78,
};

test.each(Object.keys(bsdOutcomes) as BsdCall[])('%s', (call) => {
  for (const [system, name] of [
    ['freebsd', 'freebsd12'],
    ['openbsd', 'openbsd73'],
    ['netbsd', 'netbsd10'],
  ] as const) {
    const outcome = bsdOutcomes[call][system];
    const measured = readVector(name).probes.find(([probe]) => probe === probes[call])?.[1];
    expect([system, measured]).toEqual([
      system,
      typeof outcome === 'number' ? outcome : -(errnos[outcome] ?? Number.NaN),
    ]);
  }
});
