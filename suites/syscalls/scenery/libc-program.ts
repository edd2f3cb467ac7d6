/** The program on the C library under examination: made once for a run, started by each promise that needs it. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { F_DUPFD, fcntl } from '../../../harness/libc/fcntl.ts';
import { fork } from '../../../harness/libc/fork.ts';
import { type ErrnoName, errnoName, must } from '../../../harness/libc/library.ts';
import { platform } from '../../../harness/libc/platform.ts';
import { _exit, close, execve, pipe2, read, write } from '../../../harness/libc/unistd.ts';
import { libcVersion } from '../../../harness/libc/version.ts';
import { searchPath } from './execute.ts';
import {
  dataAt,
  libcProgramImage,
  messageBytes,
  nameAt,
  replyDescriptor,
  requestDescriptor,
} from './libc-program-image.ts';

export interface LibcProgramFile {
  /** null: there can be none here, and `because` says why. */
  readonly path: string | null;
  readonly because: string;
  /** `glibc-2.36`, `musl-1.2.3` */
  readonly libc: string;
  /** NAME=value. */
  readonly environment: readonly string[];
}

/** An integer, a pointer the program gave, text, bytes that the call may change, or a null-terminated list of texts. */
export type Argument = number | bigint | string | Uint8Array | { readonly list: readonly string[] };

export interface LibcCallResult {
  /** The result as an int. */
  readonly value: number;
  /** The result as it is: a pointer or a long. */
  readonly raw: bigint;
  /** errno after the call, which only counts if the result says that it failed. */
  readonly errno: ErrnoName;
}

export interface LibcProgram {
  /** The process that was started; another may answer, once it has forked. */
  readonly pid: number;
  has(name: string): boolean;
  /** @throws Error if the library has no such function, or the program has ended */
  call(name: string, ...args: readonly Argument[]): LibcCallResult;
  /** Sends a call whose answer is awaited by answer(): for calls after which another process, or two, or none answer. */
  send(name: string, ...args: readonly Argument[]): void;
  /** The next answer; null if every process of the program has ended. */
  answer(): LibcCallResult | null;
  /** Ends every process of the program that still listens. */
  end(): void;
}

/** Path of the loader in an executable, its PT_INTERP. */
function loaderOf(executable: string): string {
  const text = readFileSync(executable).toString('latin1', 0, 4096);
  return /\0(\/[\w./-]*ld[\w.-]*\.so[\w.]*)\0/.exec(text)?.[1] ?? '';
}

interface LibraryFiles {
  readonly loader: string;
  readonly library: string;
  readonly libc: string;
  readonly environment: readonly string[];
}

function own(): LibraryFiles {
  const loader = loaderOf(realpathSync(process.execPath));
  const libc = libcVersion();
  return { loader, library: libc.startsWith('glibc') ? 'libc.so.6' : 'libc.so', libc, environment: [] };
}

function given(path: string): LibraryFiles {
  const file = realpathSync(path);
  if (readFileSync(file).includes('musl libc')) {
    // Executed without arguments, musl's loader says its version and how it is used.
    const said = spawnSync(file, { encoding: 'utf8' }).stderr ?? '';
    const version = /Version (\S+)/.exec(said)?.[1];
    return {
      loader: file,
      library: 'libc.so',
      libc: version === undefined ? 'musl' : `musl-${version}`,
      environment: [],
    };
  }
  const beside = join(dirname(file), 'ld-linux-x86-64.so.2');
  const loader = basename(file).startsWith('ld-') ? file : beside;
  if (!existsSync(loader)) throw new Error(`${path} is neither musl nor a glibc with its loader beside it`);
  const said = spawnSync(loader, ['--version'], { encoding: 'utf8' }).stdout ?? '';
  const version = /\b(\d+\.\d+)\.?$/m.exec(said)?.[1] ?? 'unknown';
  return {
    loader,
    library: 'libc.so.6',
    libc: `glibc-${version}`,
    environment: [`LD_LIBRARY_PATH=${dirname(loader)}`],
  };
}

/** @param libcPath null for the C library that Node has loaded @throws Error if the path is none of a C library */
export function makeLibcProgram(libcPath: string | null, directory: string): LibcProgramFile {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    const because = `the program that makes the calls is written for x86-64 Linux, this is ${process.arch} ${process.platform}`;
    return { path: null, because, libc: libcVersion(), environment: [] };
  }
  const { loader, library, libc, environment } = libcPath === null ? own() : given(libcPath);
  const path = join(directory, 'libc-program');
  writeFileSync(path, libcProgramImage(loader, library), { mode: 0o755 });
  return { path, because: '', libc, environment: [searchPath, ...environment] };
}

function compose(
  name: string,
  args: readonly Argument[],
  base: bigint,
): { readonly message: Buffer; readonly back: () => void } {
  const message = Buffer.alloc(messageBytes);
  message.write(name, nameAt);
  let next = dataAt;
  const room = (bytes: Uint8Array): bigint => {
    const at = (next + 15) & ~15;
    if (at + bytes.length > messageBytes) throw new Error(`the arguments of ${name} are too large`);
    message.set(bytes, at);
    next = at + bytes.length;
    return base + BigInt(at);
  };
  const changed: { readonly bytes: Uint8Array; readonly at: number }[] = [];
  const word = (arg: Argument): bigint => {
    if (typeof arg === 'number' || typeof arg === 'bigint') return BigInt(arg);
    if (typeof arg === 'string') return room(Buffer.from(`${arg}\0`));
    if (arg instanceof Uint8Array) {
      const address = room(arg);
      changed.push({ bytes: arg, at: Number(address - base) });
      return address;
    }
    const pointers = Buffer.alloc(8 * (arg.list.length + 1));
    arg.list.forEach((text, index) => {
      pointers.writeBigUInt64LE(room(Buffer.from(`${text}\0`)), 8 * index);
    });
    return room(pointers);
  };
  args.forEach((arg, index) => {
    message.writeBigInt64LE(BigInt.asIntN(64, word(arg)), 8 * index);
  });
  const back = (): void => {
    for (const { bytes, at } of changed) bytes.set(message.subarray(at, at + bytes.length));
  };
  return { message, back };
}

/** Starts the program as a child of the caller, with its descriptors, signals and directory. */
export function startLibcProgram({ path, because, environment }: LibcProgramFile): LibcProgram {
  if (path === null) throw new Error(because);
  const requests = pipe2(platform.O_CLOEXEC);
  const replies = pipe2(platform.O_CLOEXEC);
  const pid = must('fork', fork());
  if (pid === 0) {
    fcntl(requests.read, F_DUPFD, requestDescriptor);
    fcntl(replies.write, F_DUPFD, replyDescriptor);
    execve(path, [path], environment);
    _exit(127);
  }
  close(requests.read);
  close(replies.write);
  const hello = Buffer.alloc(messageBytes);
  if (read(replies.read, hello).value !== messageBytes)
    throw new Error('the program on the C library does not start');
  const base = hello.readBigUInt64LE(0);

  let back: (message: Buffer) => void = () => {};
  const send = (name: string, ...args: readonly Argument[]): void => {
    const composed = compose(name, args, base);
    write(requests.write, composed.message);
    back = (reply) => {
      reply.copy(composed.message);
      composed.back();
    };
  };
  const answer = (): LibcCallResult | null => {
    const reply = Buffer.alloc(messageBytes);
    if (read(replies.read, reply).value !== messageBytes) return null;
    if (reply.readUInt32LE(12) !== 0) throw new Error('the C library has no such function');
    back(reply);
    const raw = reply.readBigInt64LE(0);
    return { value: Number(BigInt.asIntN(32, raw)), raw, errno: errnoName(reply.readInt32LE(8)) };
  };
  const call = (name: string, ...args: readonly Argument[]): LibcCallResult => {
    send(name, ...args);
    const called = answer();
    if (called === null) throw new Error(`the program ended in ${name}()`);
    return called;
  };
  return {
    pid,
    has: (name) => call('dlsym', 0, name).raw !== 0n,
    call,
    send,
    answer,
    end: () => {
      close(requests.write);
      close(replies.read);
    },
  };
}

/** What a call through the program returned, as the same call made directly would have. */
export const asReturned = ({ value, errno }: LibcCallResult) =>
  value === -1 ? ({ value: -1, errno } as const) : ({ value, errno: null } as const);
