/** What is to be judged, and by what: the command line over the configuration over the profile. */

import { defaults, type PolicyOverrides, type ProbeOptions } from '../check/request.ts';
import { type StartName, startNames } from '../facts/start-state.ts';
import type { FailOn, ProfileName } from '../judge/profile.ts';
import type { Language } from '../judge/repair.ts';
import type { Isolation } from '../launch/protocol.ts';
import type { GivenOptions } from './arguments.ts';
import { chooseSeveral, splitList } from './choice.ts';
import { type Config, type ListKey, readConfig, type TextKey } from './config-file.ts';
import type { Option } from './option.ts';
import { declarations } from './policy.ts';
import { type OptionName, option, options } from './table.ts';
import { type ParseResult, understood } from './usage-error.ts';

export interface Settings {
  readonly profile: ProfileName;
  readonly overrides: PolicyOverrides;
  /** null: those of the profile. */
  readonly starts: readonly StartName[] | null;
  readonly only: readonly string[] | null;
  readonly skip: readonly string[];
  readonly failOn: FailOn;
  readonly isolation: Isolation;
  readonly timeoutMs: number;
  readonly stopTimeoutMs: number;
  /** Absent: as long as it takes. */
  readonly deadlineMs?: number;
  readonly probing: ProbeOptions;
  readonly trace: boolean;
  readonly expectedFailures: Readonly<Record<string, string>>;
  /** null: as the program tells. */
  readonly language: Language | null;
}

/** Ids of all requirements; they are loaded only if one was named. */
export type RequirementIds = () => Promise<readonly string[]>;

/** A value, what to call it in a message, and the directory its paths are relative to. */
interface PolicyWord {
  readonly text: string;
  readonly of: string;
  readonly base: string;
}

export async function readSettings(
  given: GivenOptions,
  cwd: string,
  ids: RequirementIds,
): Promise<ParseResult<Settings>> {
  const config = readConfig(given.config?.at(-1) ?? null, cwd);
  if (config.kind === 'usage-error') return config;
  return settingsOf(given, config.value, cwd, ids);
}

/** As `readSettings`, of a configuration that has already been read. */
export async function settingsOf(
  given: GivenOptions,
  file: Config,
  cwd: string,
  ids: RequirementIds,
): Promise<ParseResult<Settings>> {
  const read = <Name extends TextKey>(name: Name) => readText(name, given, file, cwd);
  const profile = read('profile');
  if (profile.kind === 'usage-error') return profile;
  const timeout = read('timeout');
  if (timeout.kind === 'usage-error') return timeout;
  const stopTimeout = read('stop-timeout');
  if (stopTimeout.kind === 'usage-error') return stopTimeout;
  const deadline = read('deadline');
  if (deadline.kind === 'usage-error') return deadline;
  const repeat = read('repeat');
  if (repeat.kind === 'usage-error') return repeat;
  const isolation = read('isolation');
  if (isolation.kind === 'usage-error') return isolation;
  const failOn = read('fail-on');
  if (failOn.kind === 'usage-error') return failOn;
  const language = read('lang');
  if (language.kind === 'usage-error') return language;
  const starts = several('start', given, file, startNames, 'start state');
  if (starts.kind === 'usage-error') return starts;
  const overrides = readOverrides(given, file, cwd);
  if (overrides.kind === 'usage-error') return overrides;
  const named = await readRequirements(given, file, ids);
  if (named.kind === 'usage-error') return named;
  const strict = given.strict !== undefined || (file.flags.strict ?? false);

  return understood({
    profile: profile.value ?? defaults.profile,
    overrides: overrides.value,
    starts: starts.value,
    ...named.value,
    failOn: failOn.value ?? (strict ? 'should' : 'must'),
    isolation: isolation.value ?? 'auto',
    timeoutMs: timeout.value ?? defaults.timeoutMs,
    stopTimeoutMs: stopTimeout.value ?? defaults.stopTimeoutMs,
    ...(deadline.value === null ? {} : { deadlineMs: deadline.value }),
    probing: { quick: given.quick !== undefined, repeat: repeat.value },
    trace: given.trace !== undefined || (file.flags.trace ?? false),
    expectedFailures: file.expectedFailures,
    language: language.value,
  });
}

function written(key: TextKey, given: GivenOptions, config: Config, cwd: string): PolicyWord | null {
  const text = given[key]?.at(-1);
  if (text !== undefined) return { text, of: `--${key}`, base: cwd };
  const configured = config.texts[key];
  return configured === undefined
    ? null
    : { text: configured, of: `${config.file}: ${key}`, base: config.directory };
}

type Parser<Name extends TextKey> = (typeof options)[Name]['parse'];
type OptionValue<Name extends TextKey> = Extract<ReturnType<Parser<Name>>, { kind: 'understood' }>['value'];

/** The value of an option, as its row parses it; null if it was not given. */
function readText<Name extends TextKey>(
  name: Name,
  given: GivenOptions,
  config: Config,
  cwd: string,
): ParseResult<OptionValue<Name> | null> {
  const word = written(name, given, config, cwd);
  if (word === null) return understood(null);
  const parse = options[name].parse as NonNullable<Option['parse']>;
  return parse(word.text, word.of, word.base) as ParseResult<OptionValue<Name>>;
}

function listOf(
  key: ListKey,
  given: GivenOptions,
  config: Config,
): { readonly words: readonly string[]; readonly of: string } | null {
  const values = given[key];
  if (values !== undefined) return { words: splitList(values), of: `--${key}` };
  const words = config.lists[key];
  return words === undefined ? null : { words, of: `${config.file}: ${key}` };
}

function several<T extends string>(
  key: ListKey,
  given: GivenOptions,
  config: Config,
  candidates: readonly T[],
  noun: string,
): ParseResult<readonly T[] | null> {
  const list = listOf(key, given, config);
  if (list === null || list.words.length === 0) return understood(null);
  return chooseSeveral(list.words, candidates, { of: list.of, noun });
}

async function readRequirements(
  given: GivenOptions,
  config: Config,
  ids: RequirementIds,
): Promise<ParseResult<Pick<Settings, 'only' | 'skip'>>> {
  const expected = Object.keys(config.expectedFailures);
  const needed =
    expected.length > 0 || listOf('only', given, config) !== null || listOf('skip', given, config) !== null;
  const known = needed ? await ids() : [];
  const only = several('only', given, config, known, 'requirement');
  if (only.kind === 'usage-error') return only;
  const skip = several('skip', given, config, known, 'requirement');
  if (skip.kind === 'usage-error') return skip;
  const expectations = chooseSeveral(expected, known, {
    of: `${config.file}: expectedFailures`,
    noun: 'requirement',
  });
  if (expectations.kind === 'usage-error') return expectations;
  return understood({ only: only.value, skip: skip.value ?? [] });
}

/** Only what was declared: the rest stays as the profile has it. */
function readOverrides(given: GivenOptions, config: Config, cwd: string): ParseResult<PolicyOverrides> {
  const declared: Record<string, unknown> = {};
  for (const [name, field] of declarations) {
    const read = readDeclaration(name, given, config, cwd);
    if (read.kind === 'usage-error') return read;
    if (read.value !== null) declared[field] = read.value;
  }
  // Each row of the table parses what its field of the policy holds.
  return understood(declared as PolicyOverrides);
}

/** What one option declares; null if nothing does. */
function readDeclaration(
  name: OptionName,
  given: GivenOptions,
  config: Config,
  cwd: string,
): ParseResult<unknown> {
  const { value, several: list, parseAll } = option(name);
  if (value === undefined) return understood(given[name] !== undefined ? true : flagOf(name, config));
  if (list !== true) return readText(name as TextKey, given, config, cwd);
  const words = listOf(name as ListKey, given, config);
  if (words === null || parseAll === undefined) return understood(words?.words ?? null);
  return parseAll(words.words, words.of, given[name] === undefined ? config.directory : cwd);
}

function flagOf(name: OptionName, { flags }: Config): boolean | null {
  return (flags as Readonly<Partial<Record<OptionName, boolean>>>)[name] ?? null;
}
