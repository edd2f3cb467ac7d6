import { defineProbeRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

export const pinnedFilesystem = defineProbeRequirement({
  id: 'pinned-filesystem',
  area: 'files',
  title: 'The file system of the launch directory can be unmounted',
  failureTitle: 'The daemon keeps the file system busy from which it was launched',
  why: 'A directory or a file in use keeps a file system from being unmounted for as long as the daemon runs.',
  remedy: 'Change to the root directory, and close what was inherited.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 11' },
    { work: 'umount(2)', at: 'EBUSY' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'should',
    'daemon3-glibc': 'should',
    apue: 'must',
    pep3143: 'must',
    classic: 'must',
    supervised: 'should',
  },
  failsWith: [
    { id: 'working-directory', because: 'the working directory that was kept is what keeps it busy' },
    { id: 'worker-descriptors', because: 'a descriptor that was handed on keeps it busy too' },
  ],
  probe: 'pinned-filesystem',
  check: ({ directory, pins, unmounted }) => {
    if (unmounted === null || (unmounted === 'untried' && pins.length === 0)) return pass;
    const held = pins.map(({ pid, name, what }) => `process ${pid} (${name}) by its ${what}`);
    return fail({
      expected: `nothing keeps ${directory} busy`,
      actual:
        unmounted === 'untried'
          ? `it is in use: ${held.join(', ')}`
          : `umount: ${unmounted}${held.length === 0 ? '' : `, in use by ${held.join(', ')}`}`,
      evidence: pins.map(({ evidence }) => evidence),
    });
  },
});
