/** How a person checks each fact on OpenBSD. */

import { openbsdSignals } from '../../libc/constants/openbsd.ts';
import { commonLines, type EvidenceLines, ps, signalLines } from '../bsd/evidence.ts';

export const lines: EvidenceLines = {
  ...commonLines,
  signals: signalLines(openbsdSignals),
  // ps(1) has no keyword for it: `sess` prints an address.
  session: (session, pid) =>
    `sysctl kern.proc of process ${pid}, p_sid: ${session}${session === 0 ? ' (the session leader has ended)' : ''}`,
  workingDirectory: (path, pid) => `fstat -p ${pid}, FD wd: ${path}`,
  workingDirectoryRemoved: (removed, pid) =>
    `fstat -p ${pid}, FD wd: link count ${removed ? '0, removed' : 'not 0'}`,
  rootDirectory: (path, pid) => `fstat -p ${pid}, FD root: ${path === '/' ? 'none, so it is /' : path}`,
  threads: (count, pid) => `ps -H -p ${pid}: ${count} threads`,
  groupIds: ({ real, effective, saved }, pid) => ps('rgid,gid,svgid', pid, `${real} ${effective} ${saved}`),
  supplementaryGroups: (groups, pid) => ps('supgid', pid, groups.length === 0 ? 'none' : groups.join(',')),
};
