/** A lock taken before a fork, looked at after the process that took it has ended. */

import { constants } from 'node:fs';
import { O_RDWR, open } from '../../../harness/libc/fcntl.ts';
import { type CallResult, must } from '../../../harness/libc/library.ts';
import type { Sighting } from '../run/promise.ts';
import { saw } from '../run/seen.ts';
import { gate, start } from './child.ts';

/** `survives` if `tryAgain`, through a description of its own, finds the lock that only a child still has open. */
export function survives(
  directory: string,
  take: (fd: number) => unknown,
  tryAgain: (fd: number) => CallResult,
): Sighting {
  const path = `${directory}/lock`;
  const done = gate();
  start(() => {
    const fd = must('open', open(path, O_RDWR | constants.O_CREAT, 0o600));
    take(fd);
    start(() => done.pass());
  }).ended();
  const { errno } = tryAgain(must('open', open(path, O_RDWR)));
  done.open();
  return saw(errno === null ? 'lost' : 'survives', `another attempt: ${errno ?? 'succeeds'}`);
}
