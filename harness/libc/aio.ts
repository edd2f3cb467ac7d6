/** <aio.h> */

import { functionIfAny, koffi, type Returned, returned } from './library.ts';

const c = {
  aio_read: functionIfAny('int aio_read(void *block)'),
  aio_error: functionIfAny('int aio_error(const void *block)'),
  aio_suspend: functionIfAny('int aio_suspend(const void *blocks, int count, const void *timeout)'),
};

/** struct aiocb of glibc on 64-bit Linux, and the places in it. */
const blockBytes = 168;
const bufferAt = 16;
const countAt = 24;

export interface AsynchronousRead {
  readonly block: Buffer;
  readonly into: Buffer;
}

/** POSIX.1-2024 XSH aio_read() of at most `count` bytes; ENOSYS where there is none. */
export function aioRead(fd: number, count: number): Returned & AsynchronousRead {
  const block = Buffer.alloc(blockBytes);
  const into = Buffer.alloc(count);
  block.writeInt32LE(fd, 0);
  block.writeBigUInt64LE(BigInt(koffi.address(into)), bufferAt);
  block.writeBigUInt64LE(BigInt(count), countAt);
  const result: Returned = c.aio_read === null ? { value: -1, errno: 'ENOSYS' } : returned(c.aio_read(block));
  return { ...result, block, into };
}

/** POSIX.1-2024 XSH aio_suspend(): waits until the read is done. */
export function aioWait({ block }: AsynchronousRead): Returned {
  const list = Buffer.alloc(8);
  list.writeBigUInt64LE(BigInt(koffi.address(block)), 0);
  return c.aio_suspend === null ? { value: -1, errno: 'ENOSYS' } : returned(c.aio_suspend(list, 1, null));
}

/** POSIX.1-2024 XSH aio_error(): 0 once it is done, else the number of an errno. */
export const aioError = ({ block }: AsynchronousRead): number =>
  c.aio_error === null ? -1 : c.aio_error(block);
