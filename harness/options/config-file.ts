/** `daemon-conformance.json`: what a program declares of itself, kept beside it. Validated by hand, before anything runs. */

import { dirname, resolve } from 'node:path';
import { inputBytes, readInput } from './input-file.ts';
import { didYouMean } from './near-miss.ts';
import type { ConfigurationKey } from './option.ts';
import { type OptionName, option, optionNames, options } from './table.ts';
import { type ParseResult, understood, usageError } from './usage-error.ts';

export const configFileName = 'daemon-conformance.json';

type Rows = typeof options;
type KeysThat<Shape> = { [Name in OptionName]: Rows[Name] extends Shape ? Name : never }[OptionName];
/** Keys of a list of texts, of a text, and of true or false: the options that are keys too, by their values. */
export type ListKey = KeysThat<{ readonly config: object; readonly several: true }>;
export type TextKey = Exclude<KeysThat<{ readonly config: object; readonly value: string }>, ListKey>;
export type FlagKey = Exclude<KeysThat<{ readonly config: object }>, ListKey | TextKey>;

const keys = optionNames.filter((name) => option(name).config !== undefined);
const isListKey = (key: string): key is ListKey => isKey(key) && option(key).several === true;
const isTextKey = (key: string): key is TextKey =>
  isKey(key) && option(key).value !== undefined && !isListKey(key);
const isFlagKey = (key: string): key is FlagKey => isKey(key) && option(key).value === undefined;

function isKey(key: string): key is OptionName {
  return keys.some((each) => each === key);
}

/** Every key there is. */
export const configKeys: readonly string[] = [...keys, 'expectedFailures', '$schema'];

/** Types only: what the words mean is judged where those of the command line are. */
export interface Config {
  /** For messages, as the user knows it. */
  readonly file: string;
  /** Paths in it are relative to its directory. */
  readonly directory: string;
  readonly texts: Readonly<Partial<Record<TextKey, string>>>;
  readonly lists: Readonly<Partial<Record<ListKey, readonly string[]>>>;
  readonly flags: Readonly<Partial<Record<FlagKey, boolean>>>;
  readonly expectedFailures: Readonly<Record<string, string>>;
  /** The object as the file has it. */
  readonly written: Readonly<Record<string, unknown>>;
}

const noConfig = { texts: {}, lists: {}, flags: {}, expectedFailures: {}, written: {} } as const;

/**
 * @param named the file given by --config; without one, a file of the usual name is read if there is one
 * @param toBeWritten it is about to be made if it is not there
 */
export function readConfig(named: string | null, cwd: string, toBeWritten = false): ParseResult<Config> {
  const file = named ?? configFileName;
  const read = readInput(file, cwd, inputBytes.config);
  if (read.kind === 'text') return parseConfig(read.text, file, dirname(resolve(cwd, file)));
  if ((named === null || toBeWritten) && read.because === 'ENOENT')
    return understood({ ...noConfig, file, directory: cwd });
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
  const flags: Partial<Record<FlagKey, boolean>> = {};
  let expectedFailures: Readonly<Record<string, string>> = {};
  for (const [key, value] of Object.entries(parsed)) {
    if (isTextKey(key)) {
      const { number, example } = options[key].config as ConfigurationKey;
      const written = number === true && typeof value === 'number' ? String(value) : value;
      if (typeof written !== 'string') return usageError(`${file}: ${key} must be a text, like ${example}`);
      texts[key] = written;
    } else if (isListKey(key)) {
      const { example } = options[key].config;
      if (!isTexts(value)) return usageError(`${file}: ${key} must be a list of texts, like ${example}`);
      lists[key] = value;
    } else if (isFlagKey(key)) {
      if (typeof value !== 'boolean') return usageError(`${file}: ${key} must be true or false`);
      flags[key] = value;
    } else if (key === '$schema') {
      // Where editors find the keys there are.
      if (typeof value !== 'string')
        return usageError(`${file}: $schema must be a text, the address of a schema`);
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
  return understood({ file, directory, texts, lists, flags, expectedFailures, written: parsed });
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
