/**
 * Executes a command under a filter of seccomp(2) that refuses namespaces as container runtimes do: unshare(2), setns(2)
 * and a clone(2) into any with EPERM, clone3(2), whose flags no filter can read, with ENOSYS.
 *
 *   node deny-namespaces.js PATH [ARG...]
 */

import { F_SETFD, fcntl } from '../../harness/libc/fcntl.ts';
import { libc, returned } from '../../harness/libc/library.ts';
import { prctl } from '../../harness/libc/linux/sys-prctl.ts';
import { loadKoffi } from '../../harness/libc/load-koffi.ts';
import { execve } from '../../harness/libc/unistd.ts';

const koffi = loadKoffi();

/** <linux/prctl.h>, <linux/seccomp.h> */
const [PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, SECCOMP_MODE_FILTER] = [22, 38, 2];
const [ALLOW, REFUSE] = [0x7fff0000, 0x00050000];
const [EPERM, ENOSYS] = [1, 38];
/** <asm/unistd.h> */
const number =
  process.arch === 'arm64'
    ? { unshare: 97, setns: 268, clone: 220, clone3: 435 }
    : { unshare: 272, setns: 308, clone: 56, clone3: 435 };
/** <linux/sched.h>, every CLONE_NEW flag that clone(2) takes. */
const anyNamespace = 0x7e020000;

/** Offsets in struct seccomp_data: the number of the call, and the lower half of its first argument. */
const [ofNumber, ofFlags] = [0, 16];

/** <linux/filter.h>: one struct sock_filter each. */
const instruction = (code: number, value: number, ifSo = 0, ifNot = 0): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(ifSo, 2);
  bytes.writeUInt8(ifNot, 3);
  bytes.writeUInt32LE(value, 4);
  return bytes;
};
const load = (offset: number): Buffer => instruction(0x20, offset);
const answer = (value: number): Buffer => instruction(0x06, value);
const equal = (value: number, ifSo: number, ifNot: number): Buffer => instruction(0x15, value, ifSo, ifNot);
const anyBit = (value: number, ifSo: number, ifNot: number): Buffer => instruction(0x45, value, ifSo, ifNot);

const program = [
  load(ofNumber),
  equal(number.unshare, 6, 0),
  equal(number.setns, 5, 0),
  equal(number.clone3, 5, 0),
  equal(number.clone, 0, 2),
  load(ofFlags),
  anyBit(anyNamespace, 1, 0),
  answer(ALLOW),
  answer(REFUSE + EPERM),
  answer(REFUSE + ENOSYS),
];

const sockFprog = koffi.struct({ len: 'uint16_t', filter: 'const void *' });
const prctlOfFilter = libc.func('prctl', 'int', ['int', 'unsigned long', koffi.pointer(sockFprog)]);

const [, , path = '', ...args] = process.argv;
const filter = { len: program.length, filter: Buffer.concat(program) };
const steps = [
  // Node closes its own in whatever it executes.
  ...[0, 1, 2].map((fd) => () => fcntl(fd, F_SETFD, 0)),
  () => prctl(PR_SET_NO_NEW_PRIVS, 1),
  () => returned(prctlOfFilter(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filter)),
  () =>
    execve(
      path,
      [path, ...args],
      Object.entries(process.env).map(([name, value]) => `${name}=${value}`),
    ),
];
for (const step of steps) {
  const { errno } = step();
  if (errno !== null) throw new Error(`${path}: not executed under the filter: ${errno}`);
}
