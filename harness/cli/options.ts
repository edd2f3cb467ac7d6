/** Every option, and the verbs it belongs to. */

export const verbs = ['check', 'inspect', 'list', 'explain'] as const;
export type Verb = (typeof verbs)[number];

/** Words that are kept for verbs to come: a program of that name is given as `./suite` or after `--`. */
export const verbsToCome = ['suite', 'compare', 'doctor', 'batch'] as const;

interface Option {
  readonly short?: string;
  /** What its value is called in the help; absent if it takes none. */
  readonly value?: string;
  readonly verbs: readonly Verb[];
}

const judging = ['check', 'inspect'] as const;
const telling = ['check', 'inspect', 'list', 'explain'] as const;

export const options = {
  profile: { short: 'p', value: 'NAME', verbs: ['check', 'inspect', 'list'] },
  start: { value: 'NAME', verbs: ['check'] },
  only: { value: 'ID', verbs: judging },
  skip: { value: 'ID', verbs: judging },
  format: { short: 'f', value: 'FORMAT', verbs: ['check', 'inspect', 'list'] },
  strict: { verbs: judging },
  timeout: { value: 'DURATION', verbs: ['check'] },
  umask: { value: 'MASK', verbs: judging },
  cwd: { value: 'DIRECTORY', verbs: judging },
  stdio: { value: 'STREAM', verbs: judging },
  user: { value: 'USER', verbs: judging },
  pidfile: { value: 'FILE', verbs: judging },
  leader: { value: 'WORD', verbs: judging },
  config: { value: 'FILE', verbs: judging },
  keep: { verbs: ['check'] },
  quiet: { short: 'q', verbs: judging },
  verbose: { short: 'v', verbs: judging },
  color: { value: 'WHEN', verbs: telling },
  version: { verbs: telling },
  help: { short: 'h', verbs: telling },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof options;

export const optionNames = Object.keys(options) as readonly OptionName[];

export function isOptionName(word: string): word is OptionName {
  return Object.hasOwn(options, word);
}

/** The row with its optional columns, which the literal type hides. */
export function option(name: OptionName): Option {
  return options[name];
}
