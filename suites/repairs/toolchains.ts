/** How a program in each language is made of its text, and what a machine may lack for that. */

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Language } from '../../harness/judge/repair.ts';

interface Toolchain {
  /** What is not installed, and how it would be; null if nothing is missing. */
  readonly lack: () => string | null;
  /** Writes a program that can be executed as `path`. */
  readonly make: (path: string, text: string) => void;
}

function lacking(tool: string, question = '--version'): string | null {
  return spawnSync(tool, [question], { stdio: 'ignore' }).error === undefined
    ? null
    : `${tool} is not installed`;
}

/** @param itself the program that says what the interpreter is: a wrapper, such as pyenv's, takes longer than all else */
function script(interpreter: string, itself: readonly string[] = []): Toolchain {
  let line = itself.length === 0 ? `/usr/bin/env ${interpreter}` : null;
  return {
    lack: () => lacking(interpreter),
    make(path, text) {
      line ??= execFileSync(interpreter, itself, { encoding: 'utf8' }).trim();
      writeFileSync(path, `#!${line}\n${text}`);
      chmodSync(path, 0o755);
    },
  };
}

function compile(argv: readonly [string, ...string[]]): void {
  const [tool, ...rest] = argv;
  execFileSync(tool, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Where librust-libc-dev has the sources of the crate libc; null if it is not installed. */
function libcSources(): string | null {
  const registry = '/usr/share/cargo/registry';
  const name = existsSync(registry)
    ? readdirSync(registry).find((each) => /^libc-0\.2\./.test(each))
    : undefined;
  return name === undefined ? null : join(registry, name, 'src/lib.rs');
}

/** What the build script of the crate asks of a compiler that is not older than it. */
const libcFeatures = [
  'feature="std"',
  ...['priv_mod_use', 'union', 'const_size_of', 'align', 'core_cvoid', 'packedN', 'cfg_target_vendor'].map(
    (name) => `libc_${name}`,
  ),
];

function libcCrate(directory: string): string {
  const crate = join(directory, 'liblibc.rlib');
  if (existsSync(crate)) return crate;
  const features = libcFeatures.flatMap((each) => ['--cfg', each]);
  const asCrate = [
    '--edition',
    '2015',
    '--crate-type',
    'rlib',
    '--crate-name',
    'libc',
    '--cap-lints',
    'allow',
  ];
  compile(['rustc', ...asCrate, ...features, '-o', crate, libcSources() ?? 'lib.rs']);
  return crate;
}

export const toolchains: Readonly<Record<Language, Toolchain>> = {
  c: {
    lack: () => lacking('gcc'),
    make(path, text) {
      writeFileSync(`${path}.c`, text);
      compile(['gcc', '-Wall', '-Wextra', '-Werror', '-o', path, `${path}.c`]);
    },
  },
  go: {
    lack: () => lacking('go', 'version'),
    make(path, text) {
      writeFileSync(`${path}.go`, text);
      compile(['go', 'build', '-o', path, `${path}.go`]);
    },
  },
  rust: {
    lack: () =>
      lacking('rustc') ??
      (libcSources() === null ? 'the crate libc is not installed: librust-libc-dev' : null),
    make(path, text) {
      writeFileSync(`${path}.rs`, text);
      const libc = `libc=${libcCrate(dirname(path))}`;
      compile(['rustc', '-D', 'warnings', '--edition', '2021', '--extern', libc, '-o', path, `${path}.rs`]);
    },
  },
  python: script('python3', ['-c', 'import sys; print(sys.executable)']),
  perl: script('perl'),
  ruby: script('ruby'),
  node: script('node'),
  sh: script('sh'),
};
