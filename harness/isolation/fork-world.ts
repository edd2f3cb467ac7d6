/** The fork of a stage into a world of its own, and how its parent learns whether it has entered it. */

import { forkInto } from '../libc/fork.ts';
import { must } from '../libc/library.ts';
import { platform } from '../libc/platform.ts';
import { close, pipe2, read, write } from '../libc/unistd.ts';
import { type MountTable, mountsHere } from './mount-table.ts';
import type { Identity } from './users.ts';
import { enterWorld, namespacesOf } from './world.ts';

export interface ForkedWorld {
  readonly pid: number;
  /** Tells whether it was entered. */
  readonly entered: number;
}

const isInside = 'inside';

/** No word of the machine's, but an accident: it was killed, or lost by the fork inside Node. */
export const endedBefore = 'the process that was to enter it has ended';

/**
 * Forks. The child, process 1 of its world, does not return: `run` is told why it could not enter, null if it has.
 * Returns why that cannot be, or the kernel refuses it.
 *
 * @param scratch without links on the way to it; made by the child, which then is there to remove it
 */
export function forkIntoWorld(
  identity: Identity,
  scratch: { readonly path: string; readonly make: (path: string) => void },
  run: (why: string | null) => never,
): ForkedWorld | string {
  let mounts: MountTable;
  try {
    // What a child finds out for itself it finds out again in every child.
    mounts = mountsHere();
  } catch (error) {
    return messageOf(error);
  }
  const channel = pipe2(platform.O_CLOEXEC);
  must('pipe2', channel);
  const forked = forkInto(namespacesOf(identity));
  if (forked.value === 0) {
    close(channel.read);
    const why = whyNotEntered(identity, scratch, mounts);
    write(channel.write, Buffer.from(why ?? isInside));
    close(channel.write);
    return run(why);
  }
  close(channel.write);
  if (forked.errno === null) return { pid: forked.value, entered: channel.read };
  close(channel.read);
  return `clone(2) into new namespaces: ${forked.errno}`;
}

function whyNotEntered(
  identity: Identity,
  { path, make }: Parameters<typeof forkIntoWorld>[1],
  mounts: MountTable,
): string | null {
  try {
    make(path);
    enterWorld(identity, path, mounts);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Waits until it has entered, and closes the channel. Why it could not; null if it has. */
export function awaitEntering({ entered }: ForkedWorld): string | null {
  const said = Buffer.alloc(512);
  const { value } = read(entered, said);
  close(entered);
  const text = value > 0 ? said.toString('utf8', 0, value) : endedBefore;
  return text === isInside ? null : text;
}
