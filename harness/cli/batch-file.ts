/**
 * The file of a batch: many programs, each with what it declares of itself. `batch.schema.json` is its published
 * schema; here it is validated by hand, before anything runs, with a line that says what to write instead.
 */

import { understandConfig } from '../options/config-file.ts';
import { didYouMean } from '../options/near-miss.ts';
import { all, type ParseResult, understood, usageError } from '../options/usage-error.ts';

export interface Needs {
  /** Words that are looked for in PATH, or paths. */
  readonly programs: readonly string[];
  readonly files: readonly string[];
  readonly root: boolean;
}

/** `{dir}` and `{here}` are not filled in yet. */
export interface BatchEntry {
  readonly name: string;
  readonly argv: readonly string[];
  readonly package: string | null;
  readonly needs: Needs;
  readonly setup: readonly (readonly string[])[];
  readonly env: Readonly<Record<string, string>>;
  /** Lines of files that are put into `{dir}`, by name. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** Keys of daemon-conformance.json. */
  readonly config: Readonly<Record<string, unknown>>;
}

const ownKeys = ['name', 'argv', 'package', 'needs', 'setup', 'env', 'files'];
const needKeys = ['programs', 'files', 'root'];

export function parseBatchFile(text: string, file: string): ParseResult<readonly BatchEntry[]> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message.replace(/\s+/g, ' ') : String(thrown);
    return usageError(`${file} is not JSON: ${why}`);
  }
  if (!isObject(parsed)) {
    return usageError(
      `${file} must hold an object, like { "programs": [{ "name": "x", "argv": ["x", "-d"] }] }`,
    );
  }
  for (const key of Object.keys(parsed)) {
    if (key !== 'programs' && key !== 'defaults' && key !== '$schema') {
      const meant = didYouMean(key, ['programs', 'defaults', '$schema']);
      return usageError(
        `${file}: there is no key '${key}'${meant || '; there are programs, defaults, $schema'}`,
      );
    }
  }
  const { programs, defaults = {} } = parsed;
  if (!Array.isArray(programs) || programs.length === 0) {
    return usageError(`${file}: programs must be a list of at least one program`);
  }
  const common = understandConfig(defaults, `${file}: defaults`, '/');
  if (common.kind === 'usage-error') return common;
  if (!isObject(defaults)) return usageError(`${file}: defaults must be an object`);
  const declared = all(
    programs.map((program: unknown, i) => declare(program, defaults, `${file}: program ${i + 1}`)),
  );
  if (declared.kind === 'usage-error') return declared;
  const names = declared.value.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  return twice === undefined
    ? declared
    : usageError(`${file}: two programs have the name '${twice}'; give each its own`);
}

function declare(
  value: unknown,
  defaults: Readonly<Record<string, unknown>>,
  where: string,
): ParseResult<BatchEntry> {
  if (!isObject(value))
    return usageError(`${where} must be an object, like { "name": "x", "argv": ["x", "-d"] }`);
  const { name, argv, package: from = null, needs = {}, setup = [], env = {}, files = {} } = value;
  if (typeof name !== 'string' || name.trim() === '')
    return usageError(`${where}: name must be a text, like "memcached"`);
  const of = `${where} (${name})`;
  if (!isTexts(argv) || argv.length === 0) {
    return usageError(`${of}: argv must be a list of texts, like ["memcached", "-d"]`);
  }
  if (from !== null && typeof from !== 'string')
    return usageError(`${of}: package must be a text, like "memcached"`);
  if (!Array.isArray(setup) || !setup.every((each) => isTexts(each) && each.length > 0)) {
    return usageError(`${of}: setup must be a list of commands, like [["mkdir", "{dir}/run"]]`);
  }
  if (!isTextByName(env))
    return usageError(`${of}: env must give a text per variable, like { "HOME": "{dir}" }`);
  if (!isLinesByName(files)) {
    return usageError(`${of}: files must give a list of lines per name, like { "x.conf": ["port 7000"] }`);
  }
  const outside = Object.keys(files).find((file) => !/^\w[\w.-]*$/.test(file));
  if (outside !== undefined)
    return usageError(`${of}: '${outside}' is no plain file name; setup can put a file anywhere`);
  const needed = understandNeeds(needs, of);
  if (needed.kind === 'usage-error') return needed;
  const own = Object.fromEntries(Object.entries(value).filter(([key]) => !ownKeys.includes(key)));
  const config = understandConfig(own, of, '/');
  if (config.kind === 'usage-error') return config;
  return understood({
    name,
    argv,
    package: from,
    needs: needed.value,
    setup,
    env,
    files,
    config: { ...defaults, ...own },
  });
}

function understandNeeds(value: unknown, of: string): ParseResult<Needs> {
  if (!isObject(value))
    return usageError(`${of}: needs must be an object, like { "programs": ["memcached"] }`);
  for (const key of Object.keys(value)) {
    if (!needKeys.includes(key)) {
      const meant = didYouMean(key, needKeys);
      return usageError(`${of}: needs has no key '${key}'${meant || `; there are ${needKeys.join(', ')}`}`);
    }
  }
  const { programs = [], files = [], root = false } = value;
  if (!isTexts(programs))
    return usageError(`${of}: needs.programs must be a list of texts, like ["memcached"]`);
  if (!isTexts(files))
    return usageError(`${of}: needs.files must be a list of texts, like ["/etc/services"]`);
  if (typeof root !== 'boolean') return usageError(`${of}: needs.root must be true or false`);
  return understood({ programs, files, root });
}

export interface Places {
  /** Private to the program, gone afterwards. */
  readonly dir: string;
  /** Of the batch file. */
  readonly here: string;
}

/** `{dir}` and `{here}` filled in, everywhere in a value; other braces are the program's own. */
export function fill(text: string, places: Places): string {
  return text.replaceAll('{dir}', places.dir).replaceAll('{here}', places.here);
}

export function fillAll(value: unknown, places: Places): unknown {
  if (typeof value === 'string') return fill(value, places);
  if (Array.isArray(value)) return value.map((each: unknown) => fillAll(each, places));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fillAll(each, places)]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isTextByName(value: unknown): value is Readonly<Record<string, string>> {
  return isObject(value) && Object.values(value).every((each) => typeof each === 'string');
}

function isLinesByName(value: unknown): value is Readonly<Record<string, readonly string[]>> {
  return isObject(value) && Object.values(value).every(isTexts);
}
