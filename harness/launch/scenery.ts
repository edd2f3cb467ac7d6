/** What a stage opens before it starts the program: the terminal, the capturing pipes, the planted descriptors. */

import { mkdirSync } from 'node:fs';
import type { StartState } from '../facts/start-state.ts';
import { F_OFD_SETLK, F_WRLCK, lock, open } from '../libc/fcntl.ts';
import { must } from '../libc/library.ts';
import { mountTmpfs, privateMounts } from '../libc/linux/sys-mount.ts';
import { platform } from '../libc/platform.ts';
import { openPseudoTerminal } from '../libc/stdlib.ts';
import { flock, LOCK_EX } from '../libc/sys-file.ts';
import { giveUpTerminal, setWindowSize, takeTerminal } from '../libc/sys-ioctl.ts';
import { AF_UNIX, SOCK_STREAM, socketpair } from '../libc/sys-socket.ts';
import { stopBackgroundOutput } from '../libc/termios.ts';
import { close, pipe2 } from '../libc/unistd.ts';
import { deviceNameOf } from '../observe/device-name.ts';
import { type NotifySocket, openNotifySocket } from './notify-socket.ts';
import { ownIdentities } from './own-identities.ts';
import type { Placement } from './prepare.ts';
import { type LaunchRequest, lockedBytes, type OutputStream, plantedDescriptors } from './protocol.ts';

/** <fcntl.h>, the same on every system. */
const O_RDWR = 2;

export interface Terminal {
  readonly master: number;
  readonly slave: number;
  readonly path: string;
  readonly device: string;
}

export interface PlantedDescriptor {
  readonly fd: number;
  readonly name: string;
  readonly source: number;
  readonly identity: string;
}

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

function openTerminal(start: StartState): Terminal | null {
  if (start.terminal === 'none') return null;
  const { master, slave: path } = openPseudoTerminal(O_RDWR | platform.O_NOCTTY | platform.O_CLOEXEC);
  const slave = must(`open(${path})`, open(path, O_RDWR | platform.O_NOCTTY | platform.O_CLOEXEC));
  setWindowSize(slave, 24, 80);
  if (start.terminal !== 'leader') must('ioctl(TIOCSCTTY)', takeTerminal(slave));
  if (start.terminal === 'background') must('tcsetattr', stopBackgroundOutput(slave));
  return { master, slave, path, device: deviceNameOf(path) };
}

function pipe(): { readonly read: number; readonly write: number } {
  const ends = pipe2(platform.O_CLOEXEC);
  must('pipe2', ends);
  return ends;
}

/** The far ends of pipes and socket stay open here, so that what was planted can be told from a broken one. */
function plant(
  path: string,
  outputs: Map<number, OutputStream>,
  opened: number[],
): readonly PlantedDescriptor[] {
  const file = must('open', open(path, O_RDWR | platform.O_CREAT | platform.O_CLOEXEC, 0o600));
  must('flock', flock(file, LOCK_EX));
  if (F_OFD_SETLK !== null) {
    must('fcntl(F_OFD_SETLK)', lock(file, F_OFD_SETLK, F_WRLCK, lockedBytes['open-file-description']));
  }
  const sockets = socketpair(AF_UNIX, SOCK_STREAM);
  must('socketpair', sockets);
  const [low, high] = [pipe(), pipe()];
  outputs.set(low.read, 'planted-pipe');
  opened.push(file, ...sockets.pair, low.read, low.write, high.read, high.write);
  const sources = [file, low.write, sockets.pair[0], high.write];
  const identities = ownIdentities(sources);
  return plantedDescriptors.map(({ fd, name }, i) => ({
    fd,
    name,
    source: sources[i] ?? -1,
    identity: identities[i] ?? '',
  }));
}

/** Where a launch finds itself that is given a directory of its own. */
export function freshDirectory(scratch: string, launch: number): string {
  return `${scratch}/${launch}/directory`;
}

/** Why nothing is mounted on a directory that was there before. */
export const usersOwn = 'the launch directory is the one of the user';

/** A file system that only this launch sees, on its directory. Returns why there is none. */
function mountOn(directory: string | null): string | null {
  if (directory === null) return usersOwn;
  const apart = privateMounts();
  if (apart.errno !== null) return `unshare(CLONE_NEWNS): ${apart.errno}`;
  const { errno } = mountTmpfs(directory);
  return errno === null ? null : `mount(tmpfs): ${errno}`;
}

/**
 * @param scratch directory of this run; null when it could not be made, and then nothing is planted
 * @throws SystemCallError naming the call that failed
 */
export function setScenery({ start, directory, launch }: LaunchRequest, scratch: string | null): Scenery {
  const nothing = must('open(/dev/null)', open('/dev/null', O_RDWR | platform.O_CLOEXEC));
  const terminal = openTerminal(start);
  const outputs = new Map<number, OutputStream>();
  const handedOver: number[] = [];
  const opened: number[] = [nothing];
  if (terminal !== null) {
    outputs.set(terminal.master, 'terminal');
    opened.push(terminal.master, terminal.slave);
  }
  let streams: Scenery['streams'] = null;
  const ends: { readonly stream: OutputStream; readonly fd: number }[] = [];
  switch (start.standardStreams) {
    case 'terminal': {
      const slave = terminal?.slave ?? nothing;
      streams = [slave, slave, slave];
      break;
    }
    case 'captured': {
      const [out, err] = [pipe(), pipe()];
      outputs.set(out.read, 'stdout').set(err.read, 'stderr');
      ends.push({ stream: 'stdout', fd: out.write }, { stream: 'stderr', fd: err.write });
      opened.push(out.read, out.write, err.read, err.write);
      streams = [nothing, out.write, err.write];
      break;
    }
    case 'socket': {
      // systemd.exec(5), StandardError=inherit: both are the same connection.
      const { pair, ...made } = socketpair(AF_UNIX, SOCK_STREAM);
      must('socketpair', made);
      const [read, write] = pair;
      outputs.set(read, 'stdout');
      ends.push({ stream: 'stdout', fd: write }, { stream: 'stderr', fd: write });
      opened.push(read, write);
      streams = [nothing, write, write];
      break;
    }
    case 'null':
      streams = [nothing, nothing, nothing];
      break;
    case 'closed':
      break;
  }
  const own = scratch === null ? null : `${scratch}/${launch}`;
  const fresh = scratch !== null && start.freshDirectory ? freshDirectory(scratch, launch) : null;
  // Others may enter: the program may change its user before it looks around.
  if (own !== null) mkdirSync(fresh ?? own, { recursive: true, mode: 0o755 });
  const notMounted = start.ownFileSystem ? mountOn(fresh) : null;
  const mounted = start.ownFileSystem && notMounted === null ? fresh : null;
  const lockedFile = own !== null && start.plantDescriptors ? `${own}/locked-file` : null;
  const planted = lockedFile === null ? [] : plant(lockedFile, outputs, opened);
  const identities = ownIdentities(ends.map(({ fd }) => fd));
  const captured = ends.map(({ stream }, i) => ({ stream, identity: identities[i] ?? '' }));
  for (const { name, identity } of planted) {
    if (name === 'pipe') captured.push({ stream: 'planted-pipe', identity });
  }
  handedOver.push(...new Set(ends.map(({ fd }) => fd)), ...planted.map(({ source }) => source));
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
