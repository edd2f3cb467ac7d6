import { defineRequirement, fail, pass } from '../../../harness/judge/requirement.ts';

export const rootDirectory = defineRequirement({
  id: 'root-directory',
  area: 'files',
  title: 'The root directory of the daemon is the one it was started with',
  failureTitle: 'The root directory of the daemon is another than it was started with',
  why: 'A daemon that calls chroot(2) on its own account finds none of the files that its administrator names.',
  remedy: 'Call chroot(2) only where the administrator asked for it.',
  sources: [{ work: 'PEP 3143', at: 'chroot_directory' }],
  levels: {
    sysv: 'may',
    'daemon3-bsd': 'may',
    'daemon3-glibc': 'may',
    apue: 'may',
    pep3143: 'must',
    classic: 'may',
    supervised: 'may',
  },
  ofLaunch: true,
  needs: ['rootDirectory'],
  check: ({ rootDirectory }, { run }) =>
    rootDirectory === run.launch.rootDirectory
      ? pass
      : fail({ expected: run.launch.rootDirectory, actual: rootDirectory }),
});
