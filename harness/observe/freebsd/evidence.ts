/** How a person checks each fact on FreeBSD. */

import { freebsdSignals } from '../../libc/constants/freebsd.ts';
import { commonLines, descriptorLines, type EvidenceLines, ps, signalLines } from '../bsd/evidence.ts';

export const lines: EvidenceLines = {
  ...commonLines,
  signals: signalLines(freebsdSignals),
  fileModeCreationMask: (mask, pid) => `procstat -s ${pid}, column UMASK: ${mask.slice(1)}`,
  workingDirectory: (path, pid) => `procstat -f ${pid}, FD cwd: ${path}`,
  workingDirectoryRemoved: (_removed, pid) => `procstat -f ${pid}, FD cwd: still has a name`,
  rootDirectory: (path, pid) => `procstat -f ${pid}, FD root: ${path}`,
  executable: (path, pid) => `procstat -b ${pid}: ${path}`,
  commandName: (name, pid) => ps('comm', pid, name),
  commandLine: (words, pid) => `procstat -c ${pid}: ${JSON.stringify(words)}`,
  threads: (count, pid) => ps('nlwp', pid, count),
  threadFacts: (threads, pid) => {
    const common = commonLines.threadFacts(threads, pid);
    return common.map((line) => `procstat -j ${pid}: ${line}`);
  },
  descriptors: (descriptors, pid) => descriptorLines(`procstat -f ${pid}`, descriptors),
  groupIds: ({ real, effective, saved }, pid) =>
    `procstat -s ${pid}, columns RGID EGID SVGID: ${real} ${effective} ${saved}`,
  supplementaryGroups: (groups, pid) =>
    `procstat -s ${pid}, column GROUPS after the effective group: ${groups.length === 0 ? 'none' : groups.join(',')}`,
  limits: (limits, pid) =>
    Object.entries(limits).map(([name, { soft, hard }]) => `procstat -l ${pid}, ${name}: ${soft} ${hard}`),
  environmentMarker: (present, pid) =>
    `procstat -e ${pid}: ${present ? 'holds' : 'does not hold'} a planted variable`,
  sessionVariables: (names, pid) =>
    `procstat -e ${pid}: ${names.length === 0 ? 'no login-session variable' : `holds ${names.join(', ')}`}`,
};
