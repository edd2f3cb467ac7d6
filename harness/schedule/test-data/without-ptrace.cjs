// Runs a command to which ptrace(2) is refused, as seccomp(2) does it in containers: without-ptrace.cjs COMMAND [ARG...]
const { spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const koffi = require('koffi');

// Variadic in the header, but with words alone: those travel alike on every 64-bit Linux.
const prctl = koffi
  .load(null)
  .func('int prctl(int option, size_t two, void *three, size_t four, size_t five)');
const PR_SET_NO_NEW_PRIVS = 38;
const PR_SET_SECCOMP = 22;
const SECCOMP_MODE_FILTER = 2;
const numberOfPtrace = { x64: 101, arm64: 117 }[process.arch];
const EPERM = 1;

// <linux/filter.h>: load the number of the call; if it is that of ptrace, EPERM; else let it be.
const filter = Buffer.alloc(4 * 8);
[
  [0x20, 0, 0, 0],
  [0x15, 0, 1, numberOfPtrace],
  [0x06, 0, 0, 0x50000 | EPERM],
  [0x06, 0, 0, 0x7fff0000],
].forEach(([code, yes, no, k], i) => {
  filter.writeUInt16LE(code, i * 8);
  filter.writeUInt8(yes, i * 8 + 2);
  filter.writeUInt8(no, i * 8 + 3);
  filter.writeUInt32LE(k, i * 8 + 4);
});
const program = Buffer.alloc(16);
program.writeUInt16LE(4, 0);
program.writeBigUInt64LE(koffi.address(filter), 8);
if (prctl(PR_SET_NO_NEW_PRIVS, 1, null, 0, 0) !== 0) throw new Error('prctl(PR_SET_NO_NEW_PRIVS)');
if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0) !== 0) throw new Error('prctl(PR_SET_SECCOMP)');
if (!/^Seccomp:\s*2$/m.test(readFileSync('/proc/thread-self/status', 'latin1'))) throw new Error('no filter');

const [command, ...rest] = process.argv.slice(2);
process.exitCode = spawnSync(command, rest, { stdio: 'inherit' }).status ?? 3;
