import { isUnreadable } from '../../facts/process.ts';
import { F_OFD_SETLK, F_WRLCK, lock, O_RDWR, open } from '../../libc/fcntl.ts';
import { must } from '../../libc/library.ts';
import { platform } from '../../libc/platform.ts';
import { flock, LOCK_EX } from '../../libc/sys-file.ts';
import { AF_UNIX, SOCK_STREAM, socketpair } from '../../libc/sys-socket.ts';
import { ownIdentities } from '../own-identities.ts';
import { lockedBytes, plantedDescriptors as toPlant } from '../protocol.ts';
import type { Dimension } from './dimension.ts';
import { pipe } from './standard-streams.ts';

export interface PlantedDescriptor {
  readonly fd: number;
  readonly name: string;
  readonly source: number;
  readonly identity: string;
}

export interface Planting {
  readonly planted: readonly PlantedDescriptor[];
  /** Where what is written into the lower pipe can be read. */
  readonly readEnd: number;
  readonly opened: readonly number[];
}

/**
 * The far ends of pipes and socket stay open here, so that what was planted can be told from a broken one.
 *
 * @param path of the file that is made and locked
 * @throws SystemCallError naming the call that failed
 */
export function plant(path: string): Planting {
  const file = must('open', open(path, O_RDWR | platform.O_CREAT | platform.O_CLOEXEC, 0o600));
  must('flock', flock(file, LOCK_EX));
  if (F_OFD_SETLK !== null) {
    must('fcntl(F_OFD_SETLK)', lock(file, F_OFD_SETLK, F_WRLCK, lockedBytes['open-file-description']));
  }
  const sockets = socketpair(AF_UNIX, SOCK_STREAM);
  must('socketpair', sockets);
  const [low, high] = [pipe(), pipe()];
  const sources = [file, low.write, sockets.pair[0], high.write];
  const identities = ownIdentities(sources);
  return {
    planted: toPlant.map(({ fd, name }, i) => ({
      fd,
      name,
      source: sources[i] ?? -1,
      identity: identities[i] ?? '',
    })),
    readEnd: low.read,
    opened: [file, ...sockets.pair, low.read, low.write, high.read, high.write],
  };
}

/** Put into their places with all descriptors, no-other-descriptors.ts. */
export const plantedDescriptors: Dimension = {
  needsFork: (start) => start.plantDescriptors,
  show({ facts, start }) {
    if (!start.plantDescriptors) return null;
    if (isUnreadable(facts.descriptors)) return { because: facts.descriptors.unreadable };
    const { descriptors } = facts;
    const missing = toPlant.filter(
      (one) => !descriptors.some(({ fd, planted }) => fd === one.fd && planted === one.name),
    );
    const list = (some: readonly { readonly fd: number; readonly name: string }[]): string =>
      some.map(({ fd, name }) => `${fd} ${name}`).join(', ');
    return missing.length === 0 ? { seen: list(toPlant) } : { because: `the canary lacks ${list(missing)}` };
  },
};
