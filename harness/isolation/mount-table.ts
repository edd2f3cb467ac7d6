/** What is mounted where: /proc/PID/mountinfo, proc_pid_mountinfo(5). */

import { readFileSync } from 'node:fs';

export interface Mount {
  readonly path: string;
  readonly type: string;
  readonly readOnly: boolean;
  /** nosuid, nodev, noexec: a new mount in its place has to have them too. */
  readonly flags: readonly string[];
  /** The options of the file system itself, as in `rw,hidepid=invisible`. */
  readonly options: string;
  /** The mounts in it, without those that another mount hides. */
  readonly below: readonly Mount[];
}

/** What is mounted at one moment. */
export interface MountTable {
  readonly root: Mount;
  /** The root and all mounts that can be seen; a mount comes before those in it. */
  readonly all: readonly Mount[];
}

export interface MountLine extends Omit<Mount, 'below'> {
  readonly id: string;
  readonly parent: string;
}

/** In mountinfo spaces, tabs, newlines and backslashes are written as three octal digits. */
function unescaped(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

function lineOf(text: string): MountLine | null {
  const [before = '', after] = text.split(' - ');
  const [id, parent, , , path, options] = before.split(' ');
  const [type, , ofFileSystem = ''] = after?.split(' ') ?? [];
  if (id === undefined || parent === undefined || path === undefined || type === undefined) return null;
  const flags = (options ?? '').split(',');
  const readOnly = flags.includes('ro') || ofFileSystem.split(',').includes('ro');
  return { id, parent, path: unescaped(path), type, readOnly, flags, options: ofFileSystem };
}

export function isBelow(path: string, directory: string): boolean {
  return directory === '/' ? path !== '/' : path.startsWith(`${directory}/`);
}

/** The lines of mountinfo. Text that is no such line is left out. */
export function mountLines(text: string): readonly MountLine[] {
  return text
    .split('\n')
    .map(lineOf)
    .filter((line) => line !== null);
}

/** The mount at the root, with everything that can be seen in it; null for a text that has none. */
export function mountTable(text: string): Mount | null {
  const lines = mountLines(text);
  const children = new Map<string, MountLine[]>();
  for (const line of lines) {
    if (line.parent === line.id) continue;
    const siblings = children.get(line.parent);
    if (siblings === undefined) children.set(line.parent, [line]);
    else siblings.push(line);
  }
  /** Of mounts one over the other at the same place only the last is seen. */
  const topmost = (line: MountLine): MountLine => {
    const over = children.get(line.id)?.findLast(({ path }) => path === line.path);
    return over === undefined ? line : topmost(over);
  };
  const withBelow = (seen: MountLine): Mount => {
    const all = (children.get(seen.id) ?? []).filter(({ path }) => path !== seen.path);
    const { id: _, parent: __, ...mount } = seen;
    const visible = all.filter(
      (one, i) => !all.some((other, j) => other !== one && j > i && covers(other.path, one.path)),
    );
    return { ...mount, below: visible.map((one) => withBelow(topmost(one))) };
  };
  const ids = new Set(lines.map(({ id }) => id));
  const root = lines.find(({ path, parent, id }) => path === '/' && (parent === id || !ids.has(parent)));
  return root === undefined ? null : withBelow(topmost(root));
}

function covers(later: string, earlier: string): boolean {
  return later === earlier || isBelow(earlier, later);
}

export function everyMount(mount: Mount): readonly Mount[] {
  return [mount, ...mount.below.flatMap(everyMount)];
}

let last: { readonly text: string; readonly table: MountTable } | null = null;

/**
 * What the caller has mounted now. The text is parsed anew only if it has changed: a launcher reads it before every
 * fork into a world, and a child would lose what it had parsed itself.
 *
 * @throws where /proc/self/mountinfo cannot be read, or names no root
 */
export function mountsHere(): MountTable {
  const text = readFileSync('/proc/self/mountinfo', 'utf8');
  if (last?.text === text) return last.table;
  const root = mountTable(text);
  if (root === null) throw new Error('/proc/self/mountinfo names no root');
  last = { text, table: { root, all: everyMount(root) } };
  return last.table;
}
