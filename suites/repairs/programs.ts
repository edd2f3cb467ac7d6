/** Whole programs made of the edits of one language: every step there is, or all but one. */

import type { Language, LanguageGuide } from '../../harness/judge/repair.ts';
import { guide } from './guide.ts';
import { repairs } from './repairs.ts';

interface Frame {
  /** Lines at the top that what comes last needs. */
  readonly top: readonly string[];
  readonly before: string;
  readonly after: string;
}

export const frames: Readonly<Record<Language, Frame>> = {
  c: { top: ['#include <unistd.h>'], before: 'int main(void) {', after: 'for (;;) pause();\n}' },
  python: { top: ['import signal'], before: '', after: 'while True:\n    signal.pause()' },
  // With every goroutine blocked for good, the runtime would end the program.
  go: {
    top: ['package main', 'import "time"'],
    before: 'func main() {',
    after: 'for { time.Sleep(time.Hour) }\n}',
  },
  rust: { top: [], before: 'fn main() {', after: 'loop {\n    std::thread::park();\n}\n}' },
  perl: { top: ['use strict; use warnings;'], before: '', after: 'sleep while 1;' },
  ruby: { top: [], before: '', after: 'sleep' },
  node: { top: [], before: '', after: 'setInterval(() => {}, 1_000_000);' },
  sh: { top: [], before: '', after: 'sleep 1000000 9<&- & worker=$!\nwait "$worker"' },
};

/** Ids of the edits that are one each in a language, in the order of the steps. */
export function editsOf({ code }: LanguageGuide): readonly string[] {
  return repairs.map(({ id }) => id).filter((id) => code[id] !== undefined);
}

/** The program with the named edits taken: their first places in the order of the steps, then what comes last. */
export function programWith(language: Language, edits: readonly string[]): string {
  const frame = frames[language];
  const { code, top = {} } = guide.languages[language];
  const order = repairs.map(({ id }) => id).filter((id) => edits.includes(id));
  const tops = new Set([...frame.top, ...order.flatMap((id) => top[id] ?? [])]);
  // What starts itself once more comes before everything that is done once.
  const first = order.flatMap((id) => code[id]?.slice(0, 1) ?? []);
  const last = order.flatMap((id) => code[id]?.slice(1) ?? []);
  return `${[...tops, frame.before, ...first, ...last, frame.after].join('\n')}\n`;
}
