import { constants } from 'node:fs';
import { O_WRONLY, open } from '../../harness/libc/fcntl.ts';
import { must } from '../../harness/libc/library.ts';
import { mountTmpfs, privateMounts, umount } from '../../harness/libc/linux/sys-mount.ts';
import { mkdir } from '../../harness/libc/sys-stat.ts';
import { chdir } from '../../harness/libc/unistd.ts';
import { promise, type Sighting } from './run/promise.ts';
import { answered, unsupported } from './run/seen.ts';
import { gate, start } from './scenery/child.ts';

const { O_CREAT } = constants;

/** `body` with a fresh tmpfs at a path that only this process sees. */
function onMount(directory: string, body: (path: string) => Sighting): Sighting {
  const path = `${directory}/mount`;
  must('mkdir', mkdir(path, 0o700));
  const alone = privateMounts();
  if (alone.errno !== null) return unsupported(`no private mount namespace: ${alone.errno}`);
  const mounted = mountTmpfs(path);
  return mounted.errno === null ? body(path) : unsupported(`mount(tmpfs): ${mounted.errno}`);
}

promise(
  'A working directory pins its file system: unmounting fails with EBUSY',
  {
    id: 'umount/working-directory',
    clause: 'umount(2), ERRORS EBUSY',
    rows: ['K-CWD-2'],
    needs: 'root',
    expect: 'EBUSY',
    supports: ['working-directory', 'pinned-filesystem'],
  },
  ({ scratch }) =>
    onMount(scratch(), (path) => {
      must('chdir', chdir(path));
      return answered('umount()', umount(path));
    }),
);

promise(
  'After chdir("/") the file system can be unmounted',
  {
    id: 'umount/after-chdir',
    clause: 'umount(2)',
    rows: ['K-CWD-2'],
    needs: 'root',
    expect: 'succeeds',
    supports: ['working-directory', 'pinned-filesystem'],
  },
  ({ scratch }) =>
    onMount(scratch(), (path) => {
      must('chdir', chdir(path));
      must('chdir', chdir('/'));
      return answered('umount()', umount(path));
    }),
);

promise(
  'An open descriptor pins its file system: unmounting fails with EBUSY',
  {
    id: 'umount/descriptor',
    clause: 'umount(2), ERRORS EBUSY',
    rows: ['K-CWD-2'],
    needs: 'root',
    expect: 'EBUSY',
    supports: ['pinned-filesystem', 'inherited-descriptors'],
  },
  ({ scratch }) =>
    onMount(scratch(), (path) => {
      must('open', open(`${path}/file`, O_WRONLY | O_CREAT, 0o600));
      return answered('umount()', umount(path));
    }),
);

promise(
  'The working directory of a child pins its file system as well',
  {
    id: 'umount/child',
    clause: 'umount(2), ERRORS EBUSY',
    needs: 'root',
    expect: 'EBUSY',
    supports: ['pinned-filesystem'],
  },
  ({ scratch }) =>
    onMount(scratch(), (path) => {
      const [ready, done] = [gate(), gate()];
      start(() => {
        chdir(path);
        ready.open();
        done.pass();
      });
      ready.pass();
      return answered('umount()', umount(path));
    }),
);
