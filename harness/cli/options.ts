/** Every option, and the verbs it belongs to. */

export const verbs = ['check', 'inspect', 'list', 'explain', 'compare', 'batch', 'suite', 'doctor'] as const;
export type Verb = (typeof verbs)[number];

interface Option {
  readonly short?: string;
  /** What its value is called in the help; absent if it takes none. */
  readonly value?: string;
  readonly verbs: readonly Verb[];
}

const judging = ['check', 'inspect'] as const;
const telling = ['check', 'inspect', 'list', 'explain', 'compare', 'batch', 'suite', 'doctor'] as const;

export const options = {
  profile: { short: 'p', value: 'NAME', verbs: ['check', 'inspect', 'list'] },
  start: { value: 'NAME', verbs: ['check'] },
  only: { value: 'ID', verbs: ['check', 'inspect', 'suite'] },
  skip: { value: 'ID', verbs: judging },
  format: { short: 'f', value: 'FORMAT', verbs: ['check', 'inspect', 'list', 'compare', 'batch', 'suite'] },
  strict: { verbs: judging },
  timeout: { value: 'DURATION', verbs: ['check'] },
  umask: { value: 'MASK', verbs: judging },
  cwd: { value: 'DIRECTORY', verbs: judging },
  stdio: { value: 'STREAM', verbs: judging },
  user: { value: 'USER', verbs: judging },
  pidfile: { value: 'FILE', verbs: judging },
  leader: { value: 'WORD', verbs: judging },
  config: { value: 'FILE', verbs: judging },
  trace: { verbs: ['check', 'batch'] },
  quick: { verbs: ['check', 'batch'] },
  repeat: { value: 'NUMBER', verbs: ['check', 'batch'] },
  reload: { verbs: judging },
  notify: { verbs: ['check'] },
  'terminal-arg': { value: 'ARG', verbs: ['check'] },
  'directory-arg': { value: 'ARG', verbs: ['check'] },
  ready: { value: 'COMMAND', verbs: ['check'] },
  'failing-args': { value: 'ARGS', verbs: ['check'] },
  'foreground-args': { value: 'ARGS', verbs: ['check'] },
  created: { value: 'DIRECTORY', verbs: ['check'] },
  isolation: { value: 'WORD', verbs: ['check', 'batch'] },
  keep: { verbs: ['check'] },
  jobs: { short: 'j', value: 'NUMBER', verbs: ['batch'] },
  shard: { value: 'I/N', verbs: ['batch'] },
  join: { verbs: ['batch'] },
  libc: { value: 'PATH', verbs: ['suite'] },
  'dry-run': { verbs: ['suite'] },
  system: { value: 'NAME', verbs: ['suite'] },
  'only-differences': { verbs: ['compare'] },
  'fail-on-difference': { verbs: ['compare'] },
  quiet: { short: 'q', verbs: ['check', 'inspect', 'batch', 'suite'] },
  verbose: { short: 'v', verbs: ['check', 'inspect', 'batch', 'suite'] },
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
