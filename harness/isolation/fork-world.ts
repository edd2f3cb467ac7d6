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
  /** Descriptor from which {@link awaitEntering} reads whether the world was entered. */
  readonly entered: number;
}

const isInside = 'inside';

/**
 * The reason if the forked process said nothing: it was killed, or lost by the fork inside Node. That is an accident,
 * and does not show that the machine permits no world.
 */
export const endedBefore = 'the process that was to enter it has ended';

/**
 * Forks. The child, process 1 of its world, does not return: it calls `run` with the reason why it could not enter the
 * world, or with null. The parent gets the reason if the kernel refuses the fork, or the mounts cannot be read.
 *
 * @param scratch directory whose path has no links; the child makes it, and is there to remove it from then on
 */
export function forkIntoWorld(
  identity: Identity,
  scratch: { readonly path: string; readonly make: (path: string) => void },
  run: (why: string | null) => never,
): ForkedWorld | string {
  let mounts: MountTable;
  try {
    // Read in the parent, which keeps the result: each child would have to read it anew.
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

/**
 * Waits until the world is entered or given up, and closes the channel. Returns why it could not be entered; null if it
 * was.
 */
export function awaitEntering({ entered }: ForkedWorld): string | null {
  const said = Buffer.alloc(512);
  const { value } = read(entered, said);
  close(entered);
  const text = value > 0 ? said.toString('utf8', 0, value) : endedBefore;
  return text === isInside ? null : text;
}
