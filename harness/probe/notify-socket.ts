/**
 * The socket of a service manager, sd_notify(3). Its name is abstract: nothing of it is left behind, however the
 * harness ends.
 */

import { nowMs } from '../follow/snapshot.ts';
import { passCredentials, receiveDatagram } from '../libc/credentials.ts';
import { must } from '../libc/library.ts';
import { AF_UNIX, bindPath, SOCK_DGRAM, socket } from '../libc/sys-socket.ts';
import { close } from '../libc/unistd.ts';

export interface Notification {
  /** CLOCK_MONOTONIC, milliseconds. */
  readonly atMs: number;
  readonly from: number | null;
  /** NAME=value, one a line of the datagram. */
  readonly state: readonly string[];
}

export interface NotifySocket {
  /** As NOTIFY_SOCKET names it. */
  readonly name: string;
  /** Everything that has come, in order. */
  read(): readonly Notification[];
  close(): void;
}

let opened = 0;

/** @throws SystemCallError where there are no abstract names or no credentials */
export function openNotifySocket(): NotifySocket {
  const fd = must('socket', socket(AF_UNIX, SOCK_DGRAM));
  const name = `@daemon-conformance/notify-${process.pid}-${opened++}`;
  const received: Notification[] = [];
  try {
    must('setsockopt(SO_PASSCRED)', passCredentials(fd));
    must(`bind(${name})`, bindPath(fd, name));
  } catch (error) {
    close(fd);
    throw error;
  }
  return {
    name,
    read() {
      for (let each = receiveDatagram(fd); each !== null; each = receiveDatagram(fd)) {
        const state = each.text.split('\n').filter((line) => line !== '');
        received.push({ atMs: nowMs(), from: each.from, state });
      }
      return received;
    },
    close: () => void close(fd),
  };
}
