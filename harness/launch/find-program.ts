/**
 * The file that execvp(3) would execute for a word (POSIX.1-2024 XSH exec; XBD 8.3 PATH), and whether the kernel can.
 *
 * One difference is meant: execvp(3) hands a text file without a #! line to /bin/sh. The kernel, and with it every
 * service manager and every posix_spawn(3), refuses such a file, so it is refused here with a word on how to go on.
 * Messages hold paths as they are: whoever prints one escapes it.
 */

import { accessSync, constants, readdirSync, type Stats, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type ProgramFormat, readProgramFormat } from './program-format.ts';

export type FoundProgram =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'error'; readonly message: string };

export interface SearchPlace {
  readonly cwd: string;
  /** PATH; undefined if it is not set, which is not the same as empty. */
  readonly path: string | undefined;
}

/** What execvp(3) searches without PATH: confstr(_CS_PATH). */
const standardPath = '/bin:/usr/bin';

/** Why a candidate cannot be executed. `absent` lets the search go on quietly, as ENOENT does. */
type Candidate =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'absent' }
  /** ENOENT for a file that is there: its interpreter or loader is missing, and the search goes on. */
  | { readonly kind: 'incomplete'; readonly message: string }
  /** EACCES: remembered, and the search goes on. */
  | { readonly kind: 'denied'; readonly message: string }
  /** ENOEXEC and the rest end the search. */
  | { readonly kind: 'refused'; readonly message: string };

export function findProgram(word: string, where: SearchPlace): FoundProgram {
  const shown = `'${word}'`;
  if (word === '') return error('the name of the program is empty: say which program to check');
  if (word.includes('\0')) return error(`${shown}: a path holds no NUL character`);
  if (word.includes('/')) {
    const candidate = examine(resolve(where.cwd, word), shown, where);
    if (candidate.kind === 'found') return candidate;
    if (candidate.kind !== 'absent') return error(candidate.message);
    return error(`${shown} does not exist, seen from ${where.cwd}: check the path`);
  }
  const path = where.path ?? standardPath;
  let remembered: Candidate | null = null;
  for (const element of path.split(':')) {
    // An empty element is the current directory, XBD 8.3.
    const file = resolve(where.cwd, element, word);
    const candidate = examine(file, `'${file}'`, where);
    if (candidate.kind === 'found') return candidate;
    if (candidate.kind === 'refused') return error(candidate.message);
    if (candidate.kind === 'absent') continue;
    if (remembered === null || remembered.kind === 'incomplete') remembered = candidate;
  }
  if (remembered !== null) return error(remembered.message);
  const here = statOf(resolve(where.cwd, word));
  const hint =
    here?.isFile() === true
      ? `it is in this directory, so write ./${word}`
      : 'check the name, or give a path with a slash';
  return error(`${shown} is in no directory of PATH: ${hint}`);
}

function error(message: string): FoundProgram {
  return { kind: 'error', message };
}

function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function errorCode(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
}

function examine(path: string, shown: string, where: SearchPlace): Candidate {
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
    if (code === 'EACCES') {
      return { kind: 'denied', message: `${shown}: a directory on the way may not be searched (EACCES)` };
    }
    return { kind: 'refused', message: `${shown} cannot be reached (${code}): check the path` };
  }
  if (stats.isDirectory())
    return { kind: 'denied', message: `${shown} is a directory: name the program in it` };
  if (!stats.isFile())
    return { kind: 'denied', message: `${shown} is no regular file, so it cannot be executed` };
  if (!isExecutable(path)) {
    const message =
      (stats.mode & 0o111) === 0
        ? `${shown} is not executable: chmod +x it`
        : `${shown} may not be executed by this user, or its file system is mounted noexec`;
    return { kind: 'denied', message };
  }
  return runnable(path, shown, where);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function runnable(path: string, shown: string, where: SearchPlace): Candidate {
  const format = readProgramFormat(path);
  switch (format.kind) {
    case 'unreadable':
      return { kind: 'found', path };
    case 'script': {
      const wrong = wrongInterpreter(format, where);
      return wrong === null ? { kind: 'found', path } : { kind: 'incomplete', message: `${shown} ${wrong}` };
    }
    case 'elf': {
      const wrong = wrongMachine(format);
      if (wrong !== null) return foreign(path, `${shown} ${wrong}`);
      if (format.loader === null || statOf(resolve(where.cwd, format.loader)) !== null)
        return { kind: 'found', path };
      return {
        kind: 'incomplete',
        message: `${shown} needs the loader ${format.loader}, which is not here: it was built for another C library or system`,
      };
    }
    case 'empty':
      return { kind: 'refused', message: `${shown} is empty: nothing can be executed` };
    case 'text':
      return foreign(
        path,
        `${shown} is a text file without a #! line, which the kernel does not execute: begin it with #!/bin/sh, or check: sh ${shown}`,
      );
    case 'unknown':
      return foreign(path, `${shown} has a binary format this system does not execute`);
  }
}

/** What the kernel would not execute by itself may have a handler registered: then exec has the last word. */
function foreign(path: string, message: string): Candidate {
  return hasForeignFormats() ? { kind: 'found', path } : { kind: 'refused', message };
}

function hasForeignFormats(): boolean {
  try {
    return readdirSync('/proc/sys/fs/binfmt_misc').some((name) => name !== 'register' && name !== 'status');
  } catch {
    return false;
  }
}

/** `e_machine` by process.arch; the second is its 32-bit sibling, which most kernels run too. */
const machines: Readonly<Partial<Record<NodeJS.Architecture, readonly number[]>>> = {
  x64: [62, 3],
  ia32: [3],
  arm64: [183, 40],
  arm: [40],
  ppc64: [21, 20],
  s390x: [22],
  riscv64: [243],
  loong64: [258],
};

const machineNames: Readonly<Record<number, string>> = {
  3: 'i386',
  8: 'MIPS',
  20: 'PowerPC',
  21: 'PowerPC 64',
  22: 's390',
  40: 'ARM',
  62: 'x86-64',
  183: 'AArch64',
  243: 'RISC-V',
  258: 'LoongArch',
};

function wrongMachine({ machine, type }: Extract<ProgramFormat, { kind: 'elf' }>): string | null {
  const known = machines[process.arch];
  if (known !== undefined && !known.includes(machine)) {
    return `is built for ${machineNames[machine] ?? `ELF machine ${machine}`}, and this machine is ${process.arch}: build it for this one`;
  }
  if (type === 1) return 'is an object file that was not linked';
  if (type === 4) return 'is a core dump';
  return null;
}

type Script = Extract<ProgramFormat, { kind: 'script' }>;

function wrongInterpreter({ interpreter, argument }: Script, where: SearchPlace): string | null {
  if (interpreter === '') return 'has a #! line that names no interpreter';
  if (interpreter.endsWith('\r') || argument?.endsWith('\r') === true) {
    return 'has a #! line that ends with a carriage return: save it with Unix line ends';
  }
  const found = statOf(resolve(where.cwd, interpreter));
  if (found === null)
    return `has the interpreter ${interpreter} in its #! line, which does not exist: install it or correct the line`;
  if (!found.isFile() || !isExecutable(resolve(where.cwd, interpreter))) {
    return `has the interpreter ${interpreter} in its #! line, which cannot be executed`;
  }
  return basename(interpreter) === 'env' && argument !== null ? wrongCommand(argument, where) : null;
}

/** `#!/usr/bin/env foo`: env gets all that follows as one argument, unless -S splits it. */
function wrongCommand(argument: string, where: SearchPlace): string | null {
  const split = /^(?:-\w*S|--split-string[= ]?)\s*(.*)$/s.exec(argument);
  const words = split === null ? [argument] : (split[1] ?? '').split(/[ \t]+/);
  const command = words.find((word) => word !== '' && !word.startsWith('-') && !word.includes('='));
  // Options with arguments of their own, quotes and variables are env's business.
  if (command === undefined || words[0]?.startsWith('-') === true || /["'$\\]/.test(command)) return null;
  if (findProgram(command, where).kind === 'found') return null;
  return /[ \t]/.test(command)
    ? `asks env(1) in its #! line for one program named '${command}': write env -S ${command}`
    : `asks env(1) in its #! line for '${command}', which is not in PATH: install it or correct the line`;
}
