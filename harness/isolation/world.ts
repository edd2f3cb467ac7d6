/**
 * A world of its own for a launch: process IDs, files, network and IPC. All of it or nothing: with its own process IDs
 * and the files of everybody it would write an ID into a pidfile that means somebody else outside.
 */

import {
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUSER,
} from '../libc/linux/namespaces.ts';
import { coverFiles } from './files.ts';
import { mountIpc } from './ipc.ts';
import type { MountTable } from './mount-table.ts';
import { bringUpLoopback } from './network.ts';
import { mountProc } from './process-ids.ts';
import { type Identity, mapOwnIds } from './users.ts';

const always = CLONE_NEWNS + CLONE_NEWNET + CLONE_NEWIPC + CLONE_NEWPID;

/** What a stage is forked into. */
export function namespacesOf({ userId }: Identity): number {
  return userId === 0 ? always : always + CLONE_NEWUSER;
}

/**
 * What the forked process does first. It is process 1 of its namespaces.
 *
 * @param scratch directory that is the same inside and outside; no link on the way
 * @param mounts what its parent had mounted when it forked it
 * @throws SystemCallError, or what node:fs throws
 */
export function enterWorld(identity: Identity, scratch: string, mounts: MountTable): void {
  const ordinary = identity.userId !== 0;
  if (ordinary) mapOwnIds(identity);
  const { base, enter } = coverFiles(mounts, scratch, ordinary);
  mountProc(base, mounts.all);
  mountIpc(base, mounts.all);
  enter();
  bringUpLoopback();
}
