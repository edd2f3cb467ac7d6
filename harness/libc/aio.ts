/** <aio.h> */

import { type CallResult, koffi, returned } from './library.ts';
import { platform } from './platform.ts';
import { realTimeFunctionIfAny } from './real-time-library.ts';

const c = {
  aio_read: realTimeFunctionIfAny('int aio_read(void *block)'),
  aio_error: realTimeFunctionIfAny('int aio_error(const void *block)'),
  aio_suspend: realTimeFunctionIfAny('int aio_suspend(const void *blocks, int count, const void *timeout)'),
};

export interface AsynchronousRead {
  readonly block: Buffer;
  readonly into: Buffer;
}

/** POSIX.1-2024 XSH aio_read() of at most `count` bytes; ENOSYS where there is none. */
export function aioRead(fd: number, count: number): CallResult & AsynchronousRead {
  const into = Buffer.alloc(count);
  const at = platform.aiocb;
  if (at === null || c.aio_read === null) return { value: -1, errno: 'ENOSYS', block: into, into };
  const block = Buffer.alloc(at.bytes);
  block.writeInt32LE(fd, at.fd);
  block.writeBigUInt64LE(BigInt(koffi.address(into)), at.buffer);
  block.writeBigUInt64LE(BigInt(count), at.count);
  const result: CallResult = returned(c.aio_read(block));
  return { ...result, block, into };
}

/** POSIX.1-2024 XSH aio_suspend(): waits until the read is done. */
export function aioWait({ block }: AsynchronousRead): CallResult {
  const list = Buffer.alloc(8);
  list.writeBigUInt64LE(BigInt(koffi.address(block)), 0);
  return c.aio_suspend === null ? { value: -1, errno: 'ENOSYS' } : returned(c.aio_suspend(list, 1, null));
}

/** POSIX.1-2024 XSH aio_error(): 0 once it is done, else the number of an errno. */
export const aioError = ({ block }: AsynchronousRead): number =>
  c.aio_error === null ? -1 : c.aio_error(block);
