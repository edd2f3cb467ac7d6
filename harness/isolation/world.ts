/**
 * A world of its own for a launch: process IDs, files, network and IPC. All of it or nothing: a program that had
 * process IDs of its own and everybody's files would write an ID into a pidfile that is another process's outside.
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
import { mountProc, mustTellOutside } from './process-ids.ts';
import { type Identity, mapOwnIds } from './users.ts';

const always = CLONE_NEWNS + CLONE_NEWNET + CLONE_NEWIPC + CLONE_NEWPID;

/** The namespaces into which a stage is forked, as flags of clone(2). */
export function namespacesOf({ userId }: Identity): number {
  return userId === 0 ? always : always + CLONE_NEWUSER;
}

/**
 * Enters the world. The forked process does so before anything else, as process 1 of its namespaces.
 *
 * @param scratch directory that is the same inside and outside; its path has no link
 * @param mounts what its parent had mounted when it forked it
 * @throws SystemCallError, or what node:fs throws
 */
export function enterWorld(identity: Identity, scratch: string, mounts: MountTable): void {
  const ordinary = identity.userId !== 0;
  mustTellOutside();
  if (ordinary) mapOwnIds(identity);
  const { base, enter } = coverFiles(mounts, scratch, ordinary);
  mountProc(base, mounts.all);
  mountIpc(base, mounts.all);
  enter();
  bringUpLoopback();
}
