/** What a row of the table of options says. Everything that knows options is made from the rows. */

import type { ParseResult } from './usage-error.ts';

export const verbs = ['check', 'inspect', 'list', 'explain', 'compare', 'batch', 'suite', 'doctor'] as const;
export type Verb = (typeof verbs)[number];

/** Chapters of `--help`, in its order. */
export const chapters = {
  asked: 'What is asked for',
  declared: 'What PROGRAM declares of itself, in place of what the profile asks for',
  many: 'Many programs, and many reports (FILE, REPORT: JSON)',
  promises: 'Promises of kernel and C library (suite)',
  told: 'What is told',
} as const;

/** What a shell completes in place of the value: one of these words, or a name of that kind. */
export type Completion = readonly string[] | 'file' | 'directory' | 'user' | 'command';

/** The option as a key of the configuration. */
export interface ConfigurationKey {
  /** What a value looks like, in a message. */
  readonly example: string;
  /** What the value means, and the words of JSON Schema that describe it. */
  readonly description: string;
  readonly schema: Readonly<Record<string, unknown>>;
  /** A number is taken for its digits. */
  readonly number?: boolean;
}

export interface Option {
  readonly chapter: keyof typeof chapters;
  readonly short?: string;
  /** What its value is called; absent if it takes none. */
  readonly value?: string;
  /** How the value is written, where that is more than its name. */
  readonly written?: string;
  /** Several values, between commas or by repetition. */
  readonly several?: boolean;
  /** Values that begin with a dash are its own: arguments of another program. */
  readonly dashes?: boolean;
  readonly verbs: readonly Verb[];
  readonly help: string;
  readonly completion?: Completion;
  readonly config?: ConfigurationKey;
  /** Its name in the policy, if it is something that the program declares of itself. */
  readonly policy?: string;
  /** What the policy says where it is not declared; absent: what the profile says. */
  readonly undeclared?: unknown;
  /**
   * Of its text: the value, or what to write instead. Absent where the text is the value, or a list of words is.
   * @param of what to call it in a message
   * @param base the directory that paths are relative to
   */
  readonly parse?: (text: string, of: string, base: string) => ParseResult<unknown>;
  /** The same of several. */
  readonly parseAll?: (words: readonly string[], of: string, base: string) => ParseResult<unknown>;
}
