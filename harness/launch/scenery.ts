/** What a stage opens before it starts the program: the terminal, the capturing pipes, the planted descriptors. */

import { mkdirSync } from 'node:fs';
import { O_RDWR, open } from '../libc/fcntl.ts';
import { must } from '../libc/library.ts';
import { platform } from '../libc/platform.ts';
import { giveUpTerminal } from '../libc/sys-ioctl.ts';
import { close } from '../libc/unistd.ts';
import { type NotifySocket, openNotifySocket } from './dimensions/notify-socket.ts';
import { type PlantedDescriptor, plant } from './dimensions/planted-descriptors.ts';
import { openStreams } from './dimensions/standard-streams.ts';
import { openTerminal, type Terminal } from './dimensions/terminal.ts';
import { freshDirectory, mountOn } from './dimensions/working-directory.ts';
import { ownIdentities } from './own-identities.ts';
import type { Placement } from './place-descriptors.ts';
import type { LaunchRequest, OutputStream } from './protocol.ts';

export interface Scenery {
  readonly terminal: Terminal | null;
  readonly planted: readonly PlantedDescriptor[];
  readonly streams: Placement['standardStreams'];
  /** What the program writes into, by the descriptor it can be read from. */
  readonly outputs: ReadonlyMap<number, OutputStream>;
  /** The program's ends of what captures its output. */
  readonly captured: readonly { readonly stream: OutputStream; readonly identity: string }[];
  readonly notifySocket: NotifySocket | null;
  readonly notListening: string | null;
  /** Only the program's tree may hold these once it has been started. */
  readonly handedOver: readonly number[];
  readonly directory: string;
  /** The directory, where a file system of its own is mounted on it. */
  readonly mounted: string | null;
  readonly notMounted: string | null;
  /** The planted file that is locked; null if none is. */
  readonly lockedFile: string | null;
  /** Everything that was opened, whatever has been closed of it since. */
  readonly opened: readonly number[];
}

/**
 * @param scratch directory of this run; null when it could not be made, and then nothing is planted
 * @throws SystemCallError naming the call that failed
 */
export function setScenery({ start, directory, launch }: LaunchRequest, scratch: string | null): Scenery {
  const own = scratch === null ? null : `${scratch}/${launch}`;
  const fresh = scratch !== null && start.freshDirectory ? freshDirectory(scratch, launch) : null;
  // Others may enter: the program may change its user before it looks around.
  for (const path of [own, fresh]) if (path !== null) mkdirSync(path, 0o755);
  // Before anything is opened: in mounts of its own a process knows no name of what it holds open from others.
  const notMounted = start.ownFileSystem ? mountOn(fresh) : null;
  const mounted = start.ownFileSystem && notMounted === null ? fresh : null;
  const nothing = must('open(/dev/null)', open('/dev/null', O_RDWR | platform.O_CLOEXEC));
  const terminal = openTerminal(start);
  const { streams, ends, ...opening } = openStreams(start, terminal, nothing);
  const outputs = new Map(opening.outputs);
  const opened: number[] = [nothing, ...opening.opened];
  if (terminal !== null) {
    outputs.set(terminal.master, 'terminal');
    opened.push(terminal.master, terminal.slave);
  }
  const lockedFile = own !== null && start.plantDescriptors ? `${own}/locked-file` : null;
  const planting = lockedFile === null ? null : plant(lockedFile);
  const planted = planting?.planted ?? [];
  if (planting !== null) {
    outputs.set(planting.readEnd, 'planted-pipe');
    opened.push(...planting.opened);
  }
  const identities = ownIdentities(ends.map(({ fd }) => fd));
  const captured = ends.map(({ stream }, i) => ({ stream, identity: identities[i] ?? '' }));
  for (const { name, identity } of planted) {
    if (name === 'pipe') captured.push({ stream: 'planted-pipe', identity });
  }
  const handedOver = [...new Set(ends.map(({ fd }) => fd)), ...planted.map(({ source }) => source)];
  const { socket, because } = start.notifySocket ? openNotifySocket(own) : { socket: null, because: null };
  if (socket !== null) opened.push(socket.fd);
  return {
    terminal,
    planted,
    streams,
    outputs,
    captured,
    notifySocket: socket,
    notListening: because,
    handedOver,
    directory: fresh ?? directory,
    mounted,
    notMounted,
    lockedFile,
    opened,
  };
}

/** Closes what is left open of it, and gives the terminal up: the caller can lead the session of another. */
export function strike({ terminal, opened }: Scenery): void {
  if (terminal !== null) giveUpTerminal(terminal.slave);
  for (const fd of opened) close(fd);
}
