/** How a person checks each fact on NetBSD. */

import { commonLines, type EvidenceLines, ps } from '../bsd/evidence.ts';

export const lines: EvidenceLines = {
  ...commonLines,
  workingDirectory: (path, pid) => `fstat -p ${pid}, FD wd: ${path}`,
  workingDirectoryRemoved: (_removed, pid) => `fstat -p ${pid}, FD wd: still has a path`,
  rootDirectory: (path, pid) => `readlink /proc/${pid}/root: ${path}`,
  executable: (path, pid) => `fstat -p ${pid}, FD text: ${path}`,
  threads: (count, pid) => ps('nlwp', pid, count),
  groupIds: ({ real, effective, saved }, pid) => ps('rgid,gid,svgid', pid, `${real} ${effective} ${saved}`),
  supplementaryGroups: (groups, pid) => ps('groups', pid, groups.length === 0 ? 'none' : groups.join(',')),
  limits: (limits, pid) =>
    Object.entries(limits).map(
      ([name, { soft, hard }]) => `sysctl proc.${pid}.rlimit, ${name}: ${soft} ${hard}`,
    ),
};
