import type { DirectoryPolicy } from '../../../harness/judge/profile.ts';
import { defineRequirement, fail, inapplicable, pass } from '../../../harness/judge/requirement.ts';

/** As the process itself names it, if its root is not ours. */
function within(root: string, path: string): string {
  if (root === '/' || (path !== root && !path.startsWith(`${root}/`))) return path;
  return path === root ? '/' : path.slice(root.length);
}

function words(policy: DirectoryPolicy, launch: string): string {
  switch (policy.kind) {
    case 'any':
      return 'any directory';
    case 'not-launch-directory':
      return `another directory than ${launch}`;
    case 'one-of':
      return policy.paths.join(' or ');
  }
}

function accepts(policy: DirectoryPolicy, path: string, launch: string): boolean {
  switch (policy.kind) {
    case 'any':
      return true;
    case 'not-launch-directory':
      return path !== launch;
    case 'one-of':
      return policy.paths.includes(path);
  }
}

export const workingDirectory = defineRequirement({
  id: 'working-directory',
  area: 'files',
  title: 'The daemon works in a directory that no one will unmount',
  failureTitle: 'The daemon works in a directory that it should have left',
  why: 'The working directory of a process keeps its file system mounted, and relative paths depend on where the daemon happened to be started.',
  remedy:
    'Call chdir(2) with "/", or with the directory of the daemon’s own data, and check what it returns.',
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons, step 11' },
    { work: 'APUE', at: '13.3 Coding Rules, rule 4' },
    { work: 'PEP 3143', at: 'working_directory' },
    { work: 'daemon(3)', at: 'DESCRIPTION' },
  ],
  levels: {
    sysv: 'must',
    'daemon3-bsd': 'must',
    'daemon3-glibc': 'must',
    apue: 'should',
    pep3143: 'must',
    classic: 'must',
    supervised: 'may',
  },
  restsOn: ['working-directory'],
  needs: ['workingDirectory', 'workingDirectoryRemoved', 'rootDirectory', 'threadFacts'],
  check: (
    { workingDirectory, workingDirectoryRemoved, rootDirectory, threadFacts, pid },
    { policy, run, inspected },
  ) => {
    const wanted = policy.workingDirectory;
    const launch = run.launch.workingDirectory;
    if (wanted.kind === 'any') return inapplicable('the policy accepts any directory');
    if (wanted.kind === 'not-launch-directory' && inspected) {
      return inapplicable('the process was found running: only a launch shows it');
    }
    const expected = words(wanted, launch);
    if (workingDirectoryRemoved) {
      return fail({ expected, actual: `${workingDirectory}, which has been removed` });
    }
    const found = within(rootDirectory, workingDirectory);
    if (!accepts(wanted, found, launch)) return fail({ expected, actual: found });
    // unshare(2) with CLONE_FS lets a thread have a directory of its own.
    const apart = threadFacts.find(
      (thread) =>
        thread.tid !== pid &&
        thread.workingDirectory !== null &&
        !accepts(wanted, within(rootDirectory, thread.workingDirectory), launch),
    );
    return apart === undefined
      ? pass
      : fail({ expected, actual: `${apart.workingDirectory} in thread ${apart.tid}` });
  },
});
