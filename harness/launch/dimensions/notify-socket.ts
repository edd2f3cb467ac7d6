/** The socket of a service manager, to which a program tells its state, sd_notify(3). */

import { chmodSync } from 'node:fs';
import type { StartState } from '../../facts/start-state.ts';
import { must } from '../../libc/library.ts';
import { passCredentials } from '../../libc/linux/credentials.ts';
import { AF_UNIX, bindPath, SOCK_DGRAM, socket } from '../../libc/sys-socket.ts';
import { close, getpid } from '../../libc/unistd.ts';
import { notifyVariable } from '../protocol.ts';
import { compare, type Dimension } from './dimension.ts';

export interface NotifySocket {
  readonly fd: number;
  /** As NOTIFY_SOCKET names it. */
  readonly name: string;
}

export type NotifySocketResult =
  | { readonly socket: NotifySocket; readonly because: null }
  | { readonly socket: null; readonly because: string };

/** sun_path of <sys/un.h> with its NUL on Linux. */
const longestPath = 107;

/** @param directory where it is to stand; one that is null or too long a name for an address makes it abstract */
export function openNotifySocket(directory: string | null): NotifySocketResult {
  // Who sent a datagram is what makes it count, and only Linux tells in this way.
  if (process.platform !== 'linux') return { socket: null, because: 'sd_notify(3) is for Linux' };
  const path = `${directory}/notify`;
  const named = directory !== null && Buffer.byteLength(path) <= longestPath;
  const name = named ? path : `@daemon-conformance/notify-${getpid()}`;
  let fd = -1;
  try {
    fd = must('socket', socket(AF_UNIX, SOCK_DGRAM));
    must('setsockopt(SO_PASSCRED)', passCredentials(fd));
    must(`bind(${name})`, bindPath(fd, name));
    // As the service manager's: who has dropped root has to reach it too.
    if (named) chmodSync(name, 0o666);
    return { socket: { fd, name }, because: null };
  } catch (error) {
    if (fd >= 0) close(fd);
    return { socket: null, because: (error as Error).message };
  }
}

/** With the socket of this launch, where it has one: that of the manager this runs under is not its to speak to. */
export function withNotifySocket(
  environment: readonly string[],
  start: StartState,
  socket: NotifySocket | null,
): readonly string[] {
  if (!start.notifySocket) return environment;
  const others = environment.filter((line) => !line.startsWith(notifyVariable));
  return socket === null ? others : [...others, `${notifyVariable}${socket.name}`];
}

export const notifySocket: Dimension = {
  show({ facts, start, started }) {
    if (!start.notifySocket) return null;
    if (started.notifySocket === null) return { because: started.notListening ?? 'nobody listens' };
    return facts.environmentMarker === true
      ? { seen: `${notifyVariable}${started.notifySocket}` }
      : compare(facts.environmentMarker, true);
  },
};
