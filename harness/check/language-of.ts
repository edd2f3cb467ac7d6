/** The language a program is written in, as far as its file and its arguments tell. */

import { basename } from 'node:path';
import type { Language } from '../judge/repair.ts';
import { readNamedFile } from '../observe/file-reading.ts';

/** The build information of Go (debug/buildinfo) stands in the data, rustc's name or the variable of std::backtrace anywhere. */
const bytesAtMost = 64 * 1024 * 1024;

const interpreters: readonly (readonly [RegExp, Language])[] = [
  [/^(python|pypy)[\d.]*$/, 'python'],
  [/^perl[\d.]*$/, 'perl'],
  [/^ruby[\d.]*$/, 'ruby'],
  [/^(node|nodejs|bun|deno)$/, 'node'],
  [/^(sh|ash|bash|dash|ksh|ksh93|mksh|zsh|busybox)$/, 'sh'],
];

function ofInterpreter(name: string): Language | null {
  return interpreters.find(([names]) => names.test(name))?.[1] ?? null;
}

/** `#!/usr/bin/env -S python3 -u` names python3. */
function namedByScript(line: string): string {
  const [interpreter = '', ...rest] = line.slice(2).trim().split(/\s+/);
  const name = basename(interpreter);
  return name === 'env' ? basename(rest.find((word) => !/^-|=/.test(word)) ?? '') : name;
}

/** C where nothing tells: its words are those of the manual pages. */
export function languageOf(path: string): Language {
  // First of all: what pyenv and rbenv put before the interpreters is a shell script by the name of one.
  const interpreter = ofInterpreter(basename(path));
  if (interpreter !== null) return interpreter;
  const file = readNamedFile(path, 4096);
  if (file.kind === 'unread') return 'c';
  const head = file.bytes.toString('latin1');
  if (head.startsWith('#!')) return ofInterpreter(namedByScript(head.split('\n', 1)[0] ?? '')) ?? 'c';
  if (!head.startsWith('\x7fELF')) return 'c';
  const whole = readNamedFile(path, bytesAtMost);
  if (whole.kind === 'unread') return 'c';
  if (whole.bytes.includes('\xff Go buildinf:', 0, 'latin1')) return 'go';
  return ['rustc version ', 'RUST_BACKTRACE'].some((word) => whole.bytes.includes(word)) ? 'rust' : 'c';
}
