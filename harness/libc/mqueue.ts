/** <mqueue.h> */

import { type CallResult, returned } from './library.ts';
import { platform } from './platform.ts';
import { realTimeFunctionIfAny } from './real-time-library.ts';

const { O_CREAT, O_EXCL, O_NONBLOCK, messageQueue } = platform;
const c = {
  mq_open: realTimeFunctionIfAny(`${messageQueue} mq_open(const char *name, int flags, ...)`),
  mq_unlink: realTimeFunctionIfAny('int mq_unlink(const char *name)'),
  mq_send: realTimeFunctionIfAny(
    `int mq_send(${messageQueue} queue, const void *message, size_t length, unsigned int priority)`,
  ),
  mq_receive: realTimeFunctionIfAny(
    `intptr_t mq_receive(${messageQueue} queue, _Out_ void *message, size_t length, void *priority)`,
  ),
};
const absent: CallResult = { value: -1, errno: 'ENOSYS' };

const O_RDWR = 2;
const largestMessage = 16;

/** POSIX.1-2024 XSH mq_open() of a fresh queue whose name is gone at once. */
export function freshQueue(name: string): CallResult {
  if (c.mq_open === null || c.mq_unlink === null) return absent;
  const attributes = Buffer.alloc(64);
  attributes.writeBigInt64LE(2n, 8);
  attributes.writeBigInt64LE(BigInt(largestMessage), 16);
  const queue = returned(
    Number(c.mq_open(name, O_RDWR | O_CREAT | O_EXCL | O_NONBLOCK, 'uint32_t', 0o600, 'void *', attributes)),
  );
  if (queue.errno === null) c.mq_unlink(name);
  return queue;
}

/** POSIX.1-2024 XSH mq_send(). */
export const mqSend = (queue: number, text: string): CallResult =>
  c.mq_send === null ? absent : returned(c.mq_send(queue, Buffer.from(text), text.length, 0));

/** POSIX.1-2024 XSH mq_receive(): EAGAIN from an empty queue. */
export function mqReceive(queue: number): CallResult & { readonly text: string } {
  if (c.mq_receive === null) return { ...absent, text: '' };
  const message = Buffer.alloc(largestMessage);
  const result = returned(Number(c.mq_receive(queue, message, largestMessage, null)));
  return { ...result, text: message.toString('latin1', 0, Math.max(result.value, 0)) };
}
