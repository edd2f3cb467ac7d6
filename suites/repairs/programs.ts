/** Whole programs made of the edits of one language: every step there is, or all but one. */

import type { Language, LanguageGuide } from '../../harness/judge/repair.ts';
import { guide } from './guide.ts';
import { repairs } from './repairs.ts';

interface Frame {
  /** What is executed: the interpreter on the first line, or a compiler with its arguments. */
  readonly interpreter: string;
  readonly compiled: boolean;
  readonly before: string;
  readonly after: string;
}

const cIncludes = ['err.h', 'fcntl.h', 'signal.h', 'stdlib.h', 'sys/stat.h', 'sys/syscall.h', 'unistd.h'];

export const frames: Readonly<Partial<Record<Language, Frame>>> = {
  c: {
    interpreter: 'gcc',
    compiled: true,
    before: `#define _GNU_SOURCE\n${cIncludes.map((name) => `#include <${name}>\n`).join('')}int main(void) {`,
    after: 'for (;;) pause();\n}',
  },
  python: {
    interpreter: 'python3',
    compiled: false,
    before: 'import os, signal',
    after: 'while True:\n    signal.pause()',
  },
  perl: {
    interpreter: 'perl',
    compiled: false,
    before: 'use strict; use warnings; use POSIX qw(:signal_h :fcntl_h);',
    after: 'sleep while 1;',
  },
  sh: { interpreter: 'sh', compiled: false, before: '', after: 'exec sleep 1000000' },
  node: { interpreter: 'node', compiled: false, before: '', after: 'setInterval(() => {}, 1_000_000);' },
};

/** Ids of the edits that are one each in a language, in the order of the steps. */
export function editsOf({ code }: LanguageGuide): readonly string[] {
  return repairs.map(({ id }) => id).filter((id) => code[id] !== undefined);
}

/** The program with the named edits taken: their first places in the order of the steps, then what comes last. */
export function programWith(language: Language, edits: readonly string[]): string {
  const frame = frames[language];
  const code = guide.languages[language]?.code ?? {};
  if (frame === undefined) throw new Error(`there is no frame for a program in ${language}`);
  const order = repairs.map(({ id }) => id).filter((id) => edits.includes(id));
  // What starts itself once more comes before everything that is done once.
  const first = order.flatMap((id) => code[id]?.slice(0, 1) ?? []);
  const last = order.flatMap((id) => code[id]?.slice(1) ?? []);
  const head = frame.compiled ? '' : `#!/usr/bin/env ${frame.interpreter}\n`;
  return `${head}${[frame.before, ...first, ...last, frame.after].join('\n')}\n`;
}
