/** `daemon-conformance.json`: what a program declares of itself, kept beside it. Validated by hand, before anything runs. */

import { dirname, resolve } from 'node:path';
import { inputBytes, readInput } from './input-file.ts';
import { didYouMean } from './near-miss.ts';
import { type ParseResult, understood, usageError } from './usage-error.ts';

export const configFileName = 'daemon-conformance.json';

/** Types only: what the words mean is judged where those of the command line are. */
export interface Config {
  /** For messages, as the user knows it. */
  readonly file: string;
  /** Paths in it are relative to its directory. */
  readonly directory: string;
  readonly texts: Readonly<Partial<Record<TextKey, string>>>;
  readonly lists: Readonly<Partial<Record<ListKey, readonly string[]>>>;
  readonly strict: boolean | null;
  readonly reload: boolean | null;
  readonly trace: boolean | null;
  readonly notify: boolean | null;
  readonly expectedFailures: Readonly<Record<string, string>>;
}

const textKeys = [
  'profile',
  'timeout',
  'umask',
  'cwd',
  'stdio',
  'user',
  'leader',
  'pidfile',
  'repeat',
  'isolation',
  'terminal-arg',
  'directory-arg',
  'ready',
  'failing-args',
  'foreground-args',
] as const;
const listKeys = ['start', 'only', 'skip', 'created'] as const;
/** Every key there is. */
export const configKeys: readonly string[] = [
  ...textKeys,
  ...listKeys,
  'strict',
  'reload',
  'trace',
  'notify',
  'expectedFailures',
  '$schema',
];

export type TextKey = (typeof textKeys)[number];
export type ListKey = (typeof listKeys)[number];

const noConfig = {
  texts: {},
  lists: {},
  strict: null,
  reload: null,
  trace: null,
  notify: null,
  expectedFailures: {},
} as const;

/** @param named the file given by --config; without one, a file of the usual name is read if there is one */
export function readConfig(named: string | null, cwd: string): ParseResult<Config> {
  const file = named ?? configFileName;
  const read = readInput(file, cwd, inputBytes.config);
  if (read.kind === 'text') return parseConfig(read.text, file, dirname(resolve(cwd, file)));
  if (named === null && read.because === 'ENOENT') return understood({ ...noConfig, file, directory: cwd });
  return usageError(`${file} cannot be read (${read.because}); give another with --config FILE`);
}

export function parseConfig(text: string, file: string, directory: string): ParseResult<Config> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (thrown) {
    return usageError(`${file} is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  return understandConfig(parsed, file, directory);
}

/** What the text of a configuration, or an entry of a batch file, holds. */
export function understandConfig(parsed: unknown, file: string, directory: string): ParseResult<Config> {
  if (!isObject(parsed)) return usageError(`${file} must hold an object, like { "profile": "sysv" }`);

  const texts: Partial<Record<TextKey, string>> = {};
  const lists: Partial<Record<ListKey, readonly string[]>> = {};
  let strict: boolean | null = null;
  let reload: boolean | null = null;
  let trace: boolean | null = null;
  let notify: boolean | null = null;
  let expectedFailures: Readonly<Record<string, string>> = {};
  for (const [key, value] of Object.entries(parsed)) {
    if (isTextKey(key)) {
      const written =
        (key === 'timeout' || key === 'repeat') && typeof value === 'number' ? String(value) : value;
      if (typeof written !== 'string')
        return usageError(`${file}: ${key} must be a text, like ${examples[key]}`);
      texts[key] = written;
    } else if (isListKey(key)) {
      if (!isTexts(value))
        return usageError(`${file}: ${key} must be a list of texts, like ${examples[key]}`);
      lists[key] = value;
    } else if (key === '$schema') {
      // Where editors find the keys there are.
      if (typeof value !== 'string')
        return usageError(`${file}: $schema must be a text, the address of a schema`);
    } else if (key === 'strict') {
      if (typeof value !== 'boolean') return usageError(`${file}: strict must be true or false`);
      strict = value;
    } else if (key === 'reload') {
      if (typeof value !== 'boolean') return usageError(`${file}: reload must be true or false`);
      reload = value;
    } else if (key === 'trace') {
      if (typeof value !== 'boolean') return usageError(`${file}: trace must be true or false`);
      trace = value;
    } else if (key === 'notify') {
      if (typeof value !== 'boolean') return usageError(`${file}: notify must be true or false`);
      notify = value;
    } else if (key === 'expectedFailures') {
      if (!isReasons(value)) {
        return usageError(
          `${file}: expectedFailures must give a reason per requirement, like { "environment": "issue 17" }`,
        );
      }
      expectedFailures = value;
    } else {
      const meant = didYouMean(key, configKeys);
      return usageError(
        `${file}: there is no key '${key}'${meant || `; there are ${configKeys.join(', ')}`}`,
      );
    }
  }
  return understood({ file, directory, texts, lists, strict, reload, trace, notify, expectedFailures });
}

const examples: Readonly<Record<TextKey | ListKey, string>> = {
  profile: '"sysv"',
  timeout: '"10s"',
  umask: '"022"',
  cwd: '"root"',
  stdio: '"null"',
  user: '"nobody"',
  leader: '"may"',
  pidfile: '"/run/exampled.pid"',
  repeat: '"60"',
  isolation: '"none"',
  'terminal-arg': '"--log={}"',
  'directory-arg': '"--workdir={}"',
  ready: '"nc -z localhost 8080"',
  'failing-args': '"-c /no/such/file"',
  'foreground-args': '"--no-daemon"',
  start: '["clean", "hostile"]',
  only: '["session-leader"]',
  skip: '["environment"]',
  created: '["/var/lib/exampled"]',
};

function isTextKey(key: string): key is TextKey {
  return textKeys.some((each) => each === key);
}

function isListKey(key: string): key is ListKey {
  return listKeys.some((each) => each === key);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isReasons(value: unknown): value is Readonly<Record<string, string>> {
  return (
    isObject(value) &&
    Object.values(value).every((reason) => typeof reason === 'string' && reason.trim() !== '')
  );
}
