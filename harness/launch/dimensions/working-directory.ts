import { mountTmpfs, privateMounts } from '../../libc/linux/sys-mount.ts';
import { chdir } from '../../libc/unistd.ts';
import { compare, type Dimension } from './dimension.ts';

/** Where a launch finds itself that is given a directory of its own. */
export function freshDirectory(scratch: string, launch: number): string {
  return `${scratch}/${launch}/directory`;
}

/** Why nothing is mounted on a directory that was there before. */
export const usersOwn = 'the launch directory is the one of the user';

/** A file system that only this launch sees, on its fresh directory. Returns why there is none. */
export function mountOn(directory: string | null): string | null {
  if (directory === null) return usersOwn;
  const apart = privateMounts();
  if (apart.errno !== null) return `unshare(CLONE_NEWNS): ${apart.errno}`;
  const { errno } = mountTmpfs(directory);
  return errno === null ? null : `mount(tmpfs): ${errno}`;
}

export const workingDirectory: Dimension = {
  apply({ directory }) {
    chdir(directory);
  },
  show: ({ facts, started }) => compare(facts.workingDirectory, started.directory),
};
