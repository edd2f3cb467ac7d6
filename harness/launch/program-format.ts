/** What kind of file a program is, from its first bytes: read here without being executed, to say what is wrong with it. */

import { closeSync, constants, openSync, readSync } from 'node:fs';

export type ProgramFormat =
  | { readonly kind: 'elf'; readonly machine: number; readonly type: number; readonly loader: string | null }
  | { readonly kind: 'script'; readonly interpreter: string; readonly argument: string | null }
  | { readonly kind: 'text' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown' }
  /** Executable without being readable is legal: the kernel reads it, nobody else. */
  | { readonly kind: 'unreadable' };

/** Linux reads no more of the line that starts with #! (BINPRM_BUF_SIZE). */
const scriptLineBytes = 256;

export function readProgramFormat(path: string): ProgramFormat {
  let fd: number;
  try {
    // A regular file when it was found; what it has become since must not keep us.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return { kind: 'unreadable' };
  }
  try {
    const head = Buffer.alloc(4096);
    const start = head.subarray(0, readSync(fd, head, 0, head.length, 0));
    return formatOf(start, (position, length) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(fd, bytes, 0, length, position));
    });
  } finally {
    closeSync(fd);
  }
}

type ReadAt = (position: number, length: number) => Buffer;

function formatOf(start: Buffer, readAt: ReadAt): ProgramFormat {
  if (start.length === 0) return { kind: 'empty' };
  if (start.length >= 52 && start.readUInt32BE(0) === 0x7f454c46) return elf(start, readAt);
  const end = start.indexOf('\n');
  const line = start.subarray(0, end === -1 ? start.length : end);
  if (start.toString('latin1', 0, 2) === '#!')
    return script(line.subarray(2, scriptLineBytes).toString('utf8'));
  // The rule of XCU 2.9.1.4: a shell may take a file for text if its first line holds no NUL.
  return { kind: line.includes(0) ? 'unknown' : 'text' };
}

function script(line: string): ProgramFormat {
  const [, interpreter = '', rest = ''] = /^[ \t]*([^ \t]*)[ \t]*(.*?)[ \t]*$/s.exec(line) ?? [];
  return { kind: 'script', interpreter, argument: rest === '' ? null : rest };
}

/** ELF header and program headers, System V ABI chapters 4 and 5. */
function elf(start: Buffer, readAt: ReadAt): ProgramFormat {
  const wide = start[4] === 2;
  const little = start[5] !== 2;
  const half = (from: Buffer, at: number): number => (little ? from.readUInt16LE(at) : from.readUInt16BE(at));
  const word = (from: Buffer, at: number): number => (little ? from.readUInt32LE(at) : from.readUInt32BE(at));
  const address = (from: Buffer, at: number): number => {
    if (!wide) return word(from, at);
    return Number(little ? from.readBigUInt64LE(at) : from.readBigUInt64BE(at));
  };
  const type = half(start, 16);
  const machine = half(start, 18);
  const none: ProgramFormat = { kind: 'elf', machine, type, loader: null };
  if (start.length < 64) return none;

  const table = address(start, wide ? 32 : 28);
  const size = half(start, wide ? 54 : 42);
  const count = half(start, wide ? 56 : 44);
  if (size < (wide ? 56 : 32)) return none;
  for (let index = 0; index < count; index += 1) {
    const header = readAt(table + index * size, size);
    if (header.length < size) return none;
    const isInterpreter = word(header, 0) === 3;
    if (!isInterpreter) continue;
    const path = readAt(address(header, wide ? 8 : 4), Math.min(address(header, wide ? 32 : 16), 4096));
    return { ...none, loader: path.toString('utf8').replace(/\0.*$/s, '') };
  }
  return none;
}
