/** What this process has open, named as the observer names it in any other process. */

import { fstatSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Fact, isUnreadable, noSurroundings, type ProcessFacts } from '../facts/process.ts';
import { getpid } from '../libc/unistd.ts';

type SystemModule = typeof import('../observe/system.ts');

/** Identities of `fds`; one that the system does not reveal is of a form that no descriptor has. */
export function identitiesIn(
  descriptors: Fact<readonly { readonly fd: number; readonly identity: string | null }[]>,
  fds: readonly number[],
): readonly string[] {
  const known = isUnreadable(descriptors) ? [] : descriptors;
  return fds.map((fd) => known.find((one) => one.fd === fd)?.identity ?? `not revealed: ${fd}`);
}

function observed(): ProcessFacts['descriptors'] {
  // Only where it is needed: the launcher of Linux has no observer in it.
  const { observer } = createRequire(__filename)('../observe/system.js') as SystemModule;
  const seen = observer().observeProcess(getpid(), noSurroundings);
  return 'gone' in seen ? { unreadable: 'the process itself cannot be seen' } : seen.facts.descriptors;
}

/** `device:inode` on Linux; on the BSDs the tables of open files hold other names of the same objects. */
export function ownIdentities(fds: readonly number[]): readonly string[] {
  if (process.platform !== 'linux') return identitiesIn(observed(), fds);
  return fds.map((fd) => {
    const { dev, ino } = fstatSync(fd, { bigint: true });
    return `${dev}:${ino}`;
  });
}
