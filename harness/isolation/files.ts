/**
 * The files of a launch: what it changes is kept in memory and gone with it.
 *
 * Root has the whole tree covered by an overlay, into which the other file systems are put again, each with an overlay
 * of its own, and pivot_root(2) leads there. An ordinary user may not: what is mounted in the tree is locked to it,
 * mount_namespaces(7). There each directory is covered where it stands, and one with mounts in it is left as it is,
 * provided that the user may not write to it.
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

/** What the kernel shows as files: nothing in them is kept, or it is the same for everybody. */
const shownByKernel = new Set(
  'autofs binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts efivarfs functionfs fusectl hugetlbfs mqueue nsfs proc pstore rpc_pipefs securityfs selinuxfs smackfs sysfs tracefs'.split(
    ' ',
  ),
);
const flagBits: Readonly<Record<string, number>> = { nosuid: MS_NOSUID, nodev: MS_NODEV, noexec: MS_NOEXEC };

function flagsOf({ flags }: Mount): number {
  return flags.reduce((sum, name) => sum | (flagBits[name] ?? 0), 0);
}

/** The file systems that belong to other namespaces, and are mounted anew by who makes those. */
function isAnotherNamespaces({ path, type }: Mount): boolean {
  return path === '/proc' || path === '/dev/shm' || type === 'mqueue';
}

/** /sys for instance, with a dozen file systems in it: what the kernel shows, and nothing else in it. */
function isAsItIs(one: Mount): boolean {
  return everyMount(one).every((each) => {
    const refuses = each.type === 'autofs' || each.type.startsWith('fuse');
    const shown = shownByKernel.has(each.type) || isBelow(each.path, '/sys');
    return shown && !refuses && !isAnotherNamespaces(each);
  });
}

/** In the scratch directory: what is prepared for programs, a file of settings for instance, and written by them. */
export const programsOwn = 'scratch-directory';

export interface FileTreeCover {
  /** Before the path of whatever is mounted in it from now on; the tree is entered by {@link enter}. */
  readonly base: string;
  enter(): void;
}

class Cover {
  readonly #ordinary: boolean;
  readonly #layers: string;
  readonly #opened: number[] = [];
  readonly #lower = new Map<string, number>();
  readonly #all: readonly Mount[];
  #next = 0;
  base = '';
  /** Where the whole tree is built; null where each directory is covered where it stands. */
  tree: number | null = null;

  constructor(ordinary: boolean, all: readonly Mount[], scratch: string) {
    this.#ordinary = ordinary;
    this.#all = all;
    const inside = new Set(
      ordinary ? [] : all.filter(isAsItIs).flatMap(({ below }) => below.flatMap(everyMount)),
    );
    // Where something else will be mounted over it, its path leads elsewhere.
    for (const one of all) if (!inside.has(one)) this.#lower.set(one.path, this.keep(one.path));
    must(`mount(tmpfs on ${scratch})`, mountTmpfs(scratch));
    this.#layers = this.through(this.keep(scratch));
  }

  keep(path: string): number {
    const fd = must(`open(${path})`, open(path, O_PATH | platform.O_CLOEXEC));
    this.#opened.push(fd);
    return fd;
  }

  through(fd: number): string {
    return `/proc/self/fd/${fd}`;
  }

  close(): void {
    for (const fd of this.#opened) close(fd);
  }

  /** The whole tree, as root. */
  wholeTree(root: Mount): void {
    const target = `${this.#layers}/root`;
    mkdirSync(target);
    this.#overlay('/', this.#lower.get('/') ?? -1, target, flagsOf(root));
    this.tree = this.keep(target);
    this.base = this.through(this.tree);
    for (const one of root.below) this.#place(one, true);
  }

  /** Directory by directory, where it stands. */
  eachDirectory(root: Mount): void {
    for (const one of root.below) this.#place(one, false);
    if (!root.readOnly) this.#descend(root.path, root);
  }

  #place(one: Mount, apart: boolean): void {
    if (isAnotherNamespaces(one)) return;
    // As a device of another user namespace it could not be opened; and what is in /sys is the kernel's.
    const asItIs = (this.#ordinary && one.path === '/dev') || isBelow(one.path, '/sys');
    const fd = this.#lower.get(one.path) ?? -1;
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
        // A file system that no overlay can stand on: what would be written to it would stay.
        if (apart) this.#bind(one, fd, target);
        const flags = MS_REMOUNT | MS_BIND | MS_RDONLY | flagsOf(one);
        must(`mount(${one.path} read-only)`, mount(null, target, null, flags, null));
      }
    }
    for (const below of one.below) this.#place(below, isApart);
  }

  #bind({ path, type }: Mount, fd: number, target: string): void {
    const bound = mount(this.through(fd), target, null, MS_BIND, null);
    // A file system of one user alone refuses others, root among them.
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

  /** The topmost directory is that of the upper layer. Its owner cannot be had by everybody: then what it permits is. */
  #likeBelow(lower: string, upper: string): void {
    const { mode, uid, gid } = statSync(lower);
    // Whoever has no ID in this namespace is shown as 65534, also to a user of that ID, user_namespaces(7).
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

  /** One more, if it is there. */
  directory(path: string): void {
    const fd = open(this.base + path, O_PATH | platform.O_CLOEXEC);
    if (fd.errno !== null) return;
    this.#overlay(path, fd.value, this.base + path, 0);
    close(fd.value);
  }

  /** What is mounted in it is placed by itself. */
  #descend(directory: string, { flags }: Pick<Mount, 'flags'>): void {
    if (isWritable(directory)) throw new Error(`${directory} can be written to, and has mounts in it`);
    for (const path of directoriesIn(directory)) {
      if (this.#all.some((one) => one.path === path)) continue;
      if (this.#all.some((one) => isBelow(one.path, path))) this.#descend(path, { flags });
      else this.#overlay(path, this.keep(path), path, flagsOf({ flags } as Mount));
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
    // It may not be read, and what is in it is not for this user.
    return [];
  }
}

/**
 * Covers what may be written to. The caller is in a mount namespace of its own.
 *
 * @param mounts what the caller's parent had mounted when it forked it
 * @param place directory that stays what it is, but for what programs write into the one of theirs in it; no link on the way
 * @param ordinary without the privileges of root over what is outside
 * @throws SystemCallError naming what failed
 */
export function coverFiles({ root, all }: MountTable, place: string, ordinary: boolean): FileTreeCover {
  must('mount(private)', makePrivate());
  const shared = must(`open(${place})`, open(place, O_PATH | platform.O_CLOEXEC));
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
 * To the root of the mount namespace, to which setns(2) leads also where the caller has been shut up in a directory by
 * chroot(2): paths are told to whoever looks from outside from there on.
 */
function toNamespaceRoot(): void {
  const own = open('/proc/self/ns/mnt', platform.O_CLOEXEC);
  if (own.errno !== null) return;
  setns(own.value, CLONE_NEWNS);
  close(own.value);
}

/** pivot_root(2), NOTES: with both arguments the same, the old root is what lies over the new one. */
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
