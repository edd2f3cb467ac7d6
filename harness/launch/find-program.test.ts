import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FoundProgram, findProgram } from './find-program.ts';

let directory = '';

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'find-program-'));
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

function file(name: string, content: string | Buffer, mode = 0o755): string {
  const path = join(directory, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

function find(word: string, path: string | undefined = '/bin:/usr/bin'): FoundProgram {
  return findProgram(word, { cwd: directory, path });
}

function message(word: string, path?: string): string {
  const found = find(word, path);
  if (found.kind === 'found') throw new Error(`found ${found.path}`);
  return found.message;
}

/** A copy of this system's own /bin/sh, spoilt. */
function spoiltElf(name: string, spoil: (bytes: Buffer) => void): string {
  const bytes = readFileSync('/bin/sh');
  spoil(bytes);
  return file(name, bytes);
}

describe('a word with a slash', () => {
  test('is relative to the current directory', () => {
    const path = file('here/run', '#!/bin/sh\n');
    expect(find('./here/run')).toEqual({ kind: 'found', path });
    expect(find('here/run')).toEqual({ kind: 'found', path });
    expect(find(path)).toEqual({ kind: 'found', path });
  });

  test('is never looked for in PATH', () => {
    file('bin/tool', '#!/bin/sh\n');
    expect(message('./tool', join(directory, 'bin'))).toBe(
      `'./tool' does not exist, seen from ${directory}: check the path`,
    );
  });

  test('may be a symbolic link, and one that leads nowhere does not exist', () => {
    file('target', '#!/bin/sh\n');
    symlinkSync('target', join(directory, 'link'));
    symlinkSync('nowhere', join(directory, 'dangling'));
    symlinkSync('loop', join(directory, 'loop'));
    expect(find('./link')).toEqual({ kind: 'found', path: join(directory, 'link') });
    expect(message('./dangling')).toContain('does not exist');
    expect(message('./loop')).toBe("'./loop' cannot be reached (ELOOP): check the path");
  });

  test('behind a file does not exist', () => {
    file('plain', '#!/bin/sh\n');
    expect(message('./plain/x')).toContain('does not exist');
  });
});

describe('a word without a slash', () => {
  test('is looked for in PATH, in its order', () => {
    file('second/word', '#!/bin/sh\n');
    const path = file('first/word', '#!/bin/sh\n');
    expect(find('word', `${directory}/none:${directory}/first:${directory}/second`)).toEqual({
      kind: 'found',
      path,
    });
  });

  test('is found in the current directory only by an empty element of PATH', () => {
    const path = file('local', '#!/bin/sh\n');
    expect(find('local', '/bin:')).toEqual({ kind: 'found', path });
    expect(find('local', ':/bin')).toEqual({ kind: 'found', path });
    expect(find('local', '')).toEqual({ kind: 'found', path });
    expect(message('local')).toBe(
      "'local' is in no directory of PATH: it is in this directory, so write ./local",
    );
  });

  test('is looked for in the standard places if there is no PATH', () => {
    expect(findProgram('sh', { cwd: directory, path: undefined })).toEqual({
      kind: 'found',
      path: '/bin/sh',
    });
  });

  test('that cannot be executed in one directory is looked for in the next', () => {
    file('denied/again', '#!/bin/sh\n', 0o644);
    mkdirSync(join(directory, 'folder/again'), { recursive: true });
    file('orphan/again', '#!/no/such/interpreter\n');
    const path = file('good/again', '#!/bin/sh\n');
    const before = `${directory}/folder:${directory}/denied:${directory}/orphan`;
    expect(find('again', `${before}:${directory}/good`)).toEqual({ kind: 'found', path });
    expect(message('again', before)).toBe(
      `'${directory}/folder/again' is a directory: name the program in it`,
    );
    expect(message('again', `${directory}/orphan:${directory}/denied`)).toContain('is not executable');
    expect(message('again', `${directory}/orphan`)).toContain('/no/such/interpreter');
  });

  test('is nowhere', () => {
    expect(message('no-such-program')).toBe(
      "'no-such-program' is in no directory of PATH: check the name, or give a path with a slash",
    );
    expect(message('')).toBe('the name of the program is empty: say which program to check');
    expect(message('a\0b')).toBe("'a\0b': a path holds no NUL character");
  });
});

describe('a file that cannot be executed', () => {
  test('is a directory', () => {
    expect(message('/tmp')).toBe("'/tmp' is a directory: name the program in it");
  });

  test('is a device', () => {
    expect(message('/dev/null')).toBe("'/dev/null' is no regular file, so it cannot be executed");
  });

  test('has no execute permission', () => {
    file('plain.sh', '#!/bin/sh\n', 0o644);
    expect(message('./plain.sh')).toBe("'./plain.sh' is not executable: chmod +x it");
  });

  test('is empty', () => {
    file('empty', '');
    expect(message('./empty')).toBe("'./empty' is empty: nothing can be executed");
  });

  test('is text without a #! line', () => {
    file('text', 'echo hello\n');
    expect(message('./text')).toBe(
      "'./text' is a text file without a #! line, which the kernel does not execute: begin it with #!/bin/sh, or check: sh './text'",
    );
  });

  test('has an unknown binary format', () => {
    file('binary', Buffer.from([0xca, 0xfe, 0, 0xbe, 0xef]));
    expect(message('./binary')).toBe("'./binary' has a binary format this system does not execute");
  });

  test('is built for another machine', () => {
    spoiltElf('foreign', (bytes) => bytes.writeUInt16LE(8, 18));
    expect(message('./foreign')).toBe(
      `'./foreign' is built for MIPS, and this machine is ${process.arch}: build it for this one`,
    );
  });

  test('was not linked', () => {
    spoiltElf('object.o', (bytes) => bytes.writeUInt16LE(1, 16));
    expect(message('./object.o')).toBe("'./object.o' is an object file that was not linked");
  });

  test('needs a loader that is not here', () => {
    spoiltElf('musl', (bytes) => {
      const at = bytes.indexOf('/lib');
      bytes.write('/nix', at);
    });
    expect(message('./musl')).toMatch(/^'.\/musl' needs the loader \/nix\S+, which is not here: /);
  });
});

describe('a script', () => {
  test.each([
    ['#!/bin/sh'],
    ['#! \t/bin/sh  -e '],
    ['#!/usr/bin/env sh'],
    ['#!/usr/bin/env -S sh -e'],
    ['#!/usr/bin/env -S -i A=1 sh'],
    ['#!/usr/bin/env -S A=1 sh -e'],
  ])('with the line %s is found', (line) => {
    const path = file('script', `${line}\necho\n`);
    expect(find('./script')).toEqual({ kind: 'found', path });
    expect(() => execFileSync(path)).not.toThrow();
  });

  test('has an interpreter that does not exist', () => {
    file('script', '#!/opt/python9 -u\n');
    expect(message('./script')).toBe(
      "'./script' has the interpreter /opt/python9 in its #! line, which does not exist: install it or correct the line",
    );
  });

  test('has an interpreter that cannot be executed', () => {
    file('script', '#!/etc/passwd\n');
    expect(message('./script')).toBe(
      "'./script' has the interpreter /etc/passwd in its #! line, which cannot be executed",
    );
  });

  test('names no interpreter', () => {
    file('script', '#!\n');
    expect(message('./script')).toBe("'./script' has a #! line that names no interpreter");
  });

  test('has the line ends of another system', () => {
    file('script', '#!/bin/sh\r\necho\r\n');
    expect(message('./script')).toBe(
      "'./script' has a #! line that ends with a carriage return: save it with Unix line ends",
    );
  });

  test('asks env for a program that is not in PATH', () => {
    file('script', '#!/usr/bin/env python9\n');
    expect(message('./script')).toBe(
      "'./script' asks env(1) in its #! line for 'python9', which is not in PATH: install it or correct the line",
    );
  });

  test('gives env two words for one program', () => {
    file('script', '#!/usr/bin/env sh -e\n');
    expect(message('./script')).toBe(
      "'./script' asks env(1) in its #! line for one program named 'sh -e': write env -S sh -e",
    );
  });
});

test('a program that may be executed and not read is found', ({ skip }) => {
  if (process.getuid?.() === 0) skip('root reads every file: run as an ordinary user');
  copyFileSync('/bin/sh', join(directory, 'secret'));
  chmodSync(join(directory, 'secret'), 0o111);
  expect(find('./secret')).toEqual({ kind: 'found', path: join(directory, 'secret') });
});
