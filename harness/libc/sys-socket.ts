/** <sys/socket.h> */

import { libc, type Returned, returned } from './library.ts';

const c = { socketpair: libc.func('int socketpair(int domain, int type, int protocol, _Out_ int *pair)') };

export const AF_UNIX = 1;
export const SOCK_STREAM = 1;

/** POSIX.1-2024 XSH socketpair(). */
export function socketpair(domain: number, type: number): Returned & { readonly pair: readonly [number, number] } {
  const pair = [-1, -1];
  const result = returned(c.socketpair(domain, type, 0, pair));
  return { ...result, pair: [pair[0] ?? -1, pair[1] ?? -1] };
}
