/**
 * The files of a launch: what its processes change is kept in memory, and gone when the launch ends.
 *
 * For root a new tree is built. An overlay covers the root file system; in it each other file system is mounted again,
 * under an overlay of its own; and pivot_root(2) makes that tree the root. An ordinary user may not do so: mounts that
 * come from outside are locked together, mount_namespaces(7). There every directory is covered by an overlay at its own
 * place. A directory with mounts in it is left uncovered, and there is no world if the user may write to it.
 *
 * Longer than 250 lines: one tree is built in one order, and an error takes apart what is there of it.
 */

import { accessSync, chmodSync, chownSync, constants, mkdirSync, readdirSync, statSync } from 'node:fs';
import { open } from '../libc/fcntl.ts';
import { must } from '../libc/library.ts';
import { O_PATH } from '../libc/linux/fcntl.ts';
import { CLONE_NEWNS, setns } from '../libc/linux/namespaces.ts';
import {
  detach,
  MS_BIND,
  MS_MOVE,
  MS_NODEV,
  MS_NOEXEC,
  MS_NOSUID,
  MS_RDONLY,
  MS_REC,
  MS_REMOUNT,
  makePrivate,
  mount,
  mountTmpfs,
  pivotRoot,
} from '../libc/linux/sys-mount.ts';
import { platform } from '../libc/platform.ts';
import { chdir, chroot, close, fchdir } from '../libc/unistd.ts';
import { everyMount, isBelow, type Mount, type MountTable } from './mount-table.ts';

/**
 * Types of file systems by which the kernel shows its state. They need no overlay: nothing written to them is stored,
 * or it is the same for everybody.
 */
const shownByKernel = new Set(
  'autofs binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts efivarfs functionfs fusectl hugetlbfs mqueue nsfs proc pstore rpc_pipefs securityfs selinuxfs smackfs sysfs tracefs'.split(
    ' ',
  ),
);
const flagBits: Readonly<Record<string, number>> = { nosuid: MS_NOSUID, nodev: MS_NODEV, noexec: MS_NOEXEC };

function flagsOf({ flags }: Mount): number {
  return flags.reduce((sum, name) => sum | (flagBits[name] ?? 0), 0);
}

/** Whether it shows what another namespace holds: process IDs or IPC. process-ids.ts and ipc.ts mount those anew. */
function isAnotherNamespaces({ path, type }: Mount): boolean {
  return path === '/proc' || path === '/dev/shm' || type === 'mqueue';
}

/**
 * Whether the mount and all mounts in it show the state of the kernel and nothing else, so that they are bound in one
 * call. /sys, for instance, with a dozen in it.
 */
function isAsItIs(one: Mount): boolean {
  return everyMount(one).every((each) => {
    const refuses = each.type === 'autofs' || each.type.startsWith('fuse');
    const shown = shownByKernel.has(each.type) || isBelow(each.path, '/sys');
    return shown && !refuses && !isAnotherNamespaces(each);
  });
}

/**
 * Name of the directory, in the scratch directory, whose files are for programs (settings, for instance) and which they
 * may change.
 */
export const programsOwn = 'scratch-directory';

export interface FileTreeCover {
  /**
   * To be put before the path of whatever else is mounted in the tree, before {@link enter} makes the tree the root.
   */
  readonly base: string;
  enter(): void;
}

/** Why an ordinary user has no world while others have mounted something in /tmp, for instance. */
export const holdsMounts = 'can be written to, and has mounts in it';

const openPlace = (path: string) => open(path, O_PATH | platform.O_CLOEXEC);

class Cover {
  readonly #ordinary: boolean;
  readonly #layers: string;
  readonly #opened: number[] = [];
  readonly #lower = new Map<string, number>();
  readonly #all: readonly Mount[];
  #next = 0;
  base = '';
  /** Descriptor of the new tree; null where every directory is covered at its own place. */
  tree: number | null = null;

  constructor(ordinary: boolean, all: readonly Mount[], scratch: string) {
    this.#ordinary = ordinary;
    this.#all = all;
    const inside = new Set(
      ordinary ? [] : all.filter(isAsItIs).flatMap(({ below }) => below.flatMap(everyMount)),
    );
    // A path leads elsewhere once something else is mounted over it; a descriptor does not.
    for (const one of all) {
      const fd = inside.has(one) ? null : this.#keepIfThere(one.path);
      if (fd !== null) this.#lower.set(one.path, fd);
    }
    must(`mount(tmpfs on ${scratch})`, mountTmpfs(scratch));
    this.#layers = this.through(this.#keep(scratch));
  }

  #keep(path: string): number {
    return this.#kept(path, openPlace(path));
  }

  /** Null if it is gone since its name was read: mounts of containers come and go. */
  #keepIfThere(path: string): number | null {
    const opened = openPlace(path);
    return opened.errno === 'ENOENT' ? null : this.#kept(path, opened);
  }

  #kept(path: string, opened: ReturnType<typeof open>): number {
    const fd = must(`open(${path})`, opened);
    this.#opened.push(fd);
    return fd;
  }

  through(fd: number): string {
    return `/proc/self/fd/${fd}`;
  }

  close(): void {
    for (const fd of this.#opened) close(fd);
  }

  /** Builds the new tree, as root. */
  wholeTree(root: Mount): void {
    const target = `${this.#layers}/root`;
    mkdirSync(target);
    this.#overlay('/', this.#lower.get('/') ?? -1, target, flagsOf(root));
    this.tree = this.#keep(target);
    this.base = this.through(this.tree);
    for (const one of root.below) this.#place(one, true);
  }

  /** Covers every directory at its own place. */
  eachDirectory(root: Mount): void {
    for (const one of root.below) this.#place(one, false);
    if (!root.readOnly) this.#descend(root.path, root);
  }

  #place(one: Mount, apart: boolean): void {
    if (isAnotherNamespaces(one)) return;
    // In an overlay of another user namespace the devices of /dev could not be opened; and what is in /sys is the
    // kernel's.
    const asItIs = (this.#ordinary && one.path === '/dev') || isBelow(one.path, '/sys');
    const fd = this.#lower.get(one.path);
    if (fd === undefined) return;
    const target = this.base + one.path;
    if (apart && isAsItIs(one)) {
      must(
        `mount(${one.path} with all that is in it)`,
        mount(this.through(fd), target, null, MS_BIND | MS_REC, null),
      );
      return;
    }
    let isApart = apart;
    if (shownByKernel.has(one.type) || one.readOnly || asItIs) {
      if (apart) this.#bind(one, fd, target);
    } else if (this.#ordinary && one.below.length > 0) {
      this.#descend(one.path, one);
    } else {
      isApart = true;
      try {
        this.#overlay(one.path, fd, target, flagsOf(one));
      } catch {
        // No overlay can be put on this file system, and what is written to it would stay: it is made read-only.
        if (apart) this.#bind(one, fd, target);
        const flags = MS_REMOUNT | MS_BIND | MS_RDONLY | flagsOf(one);
        must(`mount(${one.path} read-only)`, mount(null, target, null, flags, null));
      }
    }
    for (const below of one.below) this.#place(below, isApart);
  }

  #bind({ path, type }: Mount, fd: number, target: string): void {
    const bound = mount(this.through(fd), target, null, MS_BIND, null);
    // A file system that one user has mounted (FUSE) may refuse everybody else, root too: it is left out then.
    if (type !== 'autofs' && !type.startsWith('fuse')) must(`mount(${path})`, bound);
  }

  #overlay(path: string, fd: number, target: string, flags: number): void {
    const [upper, work] = [`${this.#layers}/upper${this.#next}`, `${this.#layers}/work${this.#next}`];
    this.#next++;
    mkdirSync(work);
    mkdirSync(upper);
    this.#likeBelow(this.through(fd), upper);
    const layers = `lowerdir=${this.through(fd)},upperdir=${upper},workdir=${work}`;
    const options = this.#ordinary ? `${layers},userxattr` : layers;
    must(`mount(overlay on ${path})`, mount('overlay', target, 'overlay', flags, options));
  }

  /**
   * Gives the upper layer, whose topmost directory is the one that is seen, the owner and mode of the lower one. An
   * ordinary user cannot give it that owner: then the mode permits this user what the lower one does.
   */
  #likeBelow(lower: string, upper: string): void {
    const { mode, uid, gid } = statSync(lower);
    // An owner without an ID in this user namespace is shown as 65534, also to the user 65534, user_namespaces(7).
    const isOwn = uid === process.geteuid?.() && uid !== 65534;
    if (!this.#ordinary || isOwn) {
      if (!this.#ordinary) chownSync(upper, uid, gid);
      chmodSync(upper, mode & 0o7777);
      return;
    }
    const may = (what: number): boolean => {
      try {
        accessSync(lower, what);
        return true;
      } catch {
        return false;
      }
    };
    const own =
      (may(constants.R_OK) ? 0o400 : 0) |
      (may(constants.W_OK) ? 0o200 : 0) |
      (may(constants.X_OK) ? 0o100 : 0);
    chmodSync(upper, (mode & 0o7077) | own);
  }

  /** Covers one more directory, if it is there. */
  directory(path: string): void {
    const fd = openPlace(this.base + path);
    if (fd.errno !== null) return;
    this.#overlay(path, fd.value, this.base + path, 0);
    close(fd.value);
  }

  /** Covers the directories in a directory that has mounts in it. The mounts themselves are left to `#place`. */
  #descend(directory: string, { flags }: Pick<Mount, 'flags'>): void {
    if (isWritable(directory)) throw new Error(`${directory} ${holdsMounts}`);
    for (const path of directoriesIn(directory)) {
      if (this.#all.some((one) => one.path === path)) continue;
      if (this.#all.some((one) => isBelow(one.path, path))) this.#descend(path, { flags });
      else {
        const fd = this.#keepIfThere(path);
        if (fd !== null) this.#overlay(path, fd, path, flagsOf({ flags } as Mount));
      }
    }
  }
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function directoriesIn(directory: string): readonly string[] {
  const base = directory === '/' ? '' : directory;
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((one) => one.isDirectory())
      .map(({ name }) => `${base}/${name}`);
  } catch {
    // The directory may not be read, and what is in it is not for this user.
    return [];
  }
}

/**
 * Covers all files that may be written to. The caller has to be in a mount namespace of its own.
 *
 * @param mounts what the caller's parent had mounted when it forked it
 * @param place directory that stays as it is outside, except for the directory in it that is for programs; its path has
 * no link
 * @param ordinary whether the caller is without the privileges of root outside
 * @throws SystemCallError naming what failed
 */
export function coverFiles({ root, all }: MountTable, place: string, ordinary: boolean): FileTreeCover {
  must('mount(private)', makePrivate());
  const shared = must(`open(${place})`, openPlace(place));
  const cover = new Cover(ordinary, all, place);
  if (!ordinary && !root.readOnly) cover.wholeTree(root);
  else cover.eachDirectory(root);
  const { base } = cover;
  must(`mount(${place})`, mount(cover.through(shared), base + place, null, MS_BIND, null));
  cover.directory(`${place}/${programsOwn}`);
  return {
    base,
    enter() {
      if (cover.tree !== null) changeRoot(cover.tree);
      chdir('/');
      cover.close();
      close(shared);
    },
  };
}

/**
 * Changes to the root of the mount namespace: setns(2) leads there even if chroot(2) has shut the caller up in a
 * directory. Observers outside are told paths as seen from that root.
 */
function toNamespaceRoot(): void {
  const own = open('/proc/self/ns/mnt', platform.O_CLOEXEC);
  if (own.errno !== null) return;
  setns(own.value, CLONE_NEWNS);
  close(own.value);
}

/**
 * Makes the new tree the root. pivot_root(2), NOTES: with both arguments the same, the old root comes to lie over the
 * new one.
 */
function changeRoot(tree: number): void {
  toNamespaceRoot();
  must('fchdir(new root)', fchdir(tree));
  if (pivotRoot('.', '.').errno === null) {
    must('umount2(old root)', detach('.'));
    return;
  }
  must('mount(moved)', mount('.', '/', null, MS_MOVE, null));
  must('chroot', chroot('.'));
}
