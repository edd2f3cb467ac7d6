/** What is to be judged, and by what: the command line over the configuration over the profile. */

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { defaults, type PolicyOverrides, type Probing } from '../check/request.ts';
import { type StartName, startNames } from '../facts/start-state.ts';
import { type ProfileName, profileNames } from '../judge/profile.ts';
import { type Isolation, isolations } from '../launch/protocol.ts';
import type { Given } from './arguments.ts';
import { choose, chooseSeveral, splitList } from './choice.ts';
import { type Config, type ListKey, readConfig, type TextKey } from './config-file.ts';
import { parseCount } from './count.ts';
import { parseDeclaredUser, readDatabases } from './declared-user.ts';
import { parseDuration } from './duration.ts';
import { parseMaskPolicy } from './mask-policy.ts';
import { parseDirectoryPolicy, parseStreamsPolicy } from './path-policy.ts';
import { parseDirectoryArgument, parseTerminalArgument } from './place-argument.ts';
import { type ParseResult, understood, usageError } from './usage-error.ts';
import { parseWords } from './words.ts';

export interface Settings {
  readonly profile: ProfileName;
  readonly overrides: PolicyOverrides;
  /** null: those of the profile. */
  readonly starts: readonly StartName[] | null;
  readonly only: readonly string[] | null;
  readonly skip: readonly string[];
  readonly strict: boolean;
  readonly isolation: Isolation;
  readonly timeoutMs: number;
  readonly probing: Probing;
  readonly trace: boolean;
  readonly expectedFailures: Readonly<Record<string, string>>;
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
  given: Given,
  cwd: string,
  ids: RequirementIds,
): Promise<ParseResult<Settings>> {
  const config = readConfig(given.config?.at(-1) ?? null, cwd);
  if (config.kind === 'usage-error') return config;
  return settingsOf(given, config.value, cwd, ids);
}

/** As `readSettings`, of a configuration that has already been read. */
export async function settingsOf(
  given: Given,
  file: Config,
  cwd: string,
  ids: RequirementIds,
): Promise<ParseResult<Settings>> {
  const profile = optional(written('profile', given, file, cwd), ({ text, of }) =>
    choose(text, profileNames, { of, noun: 'profile' }),
  );
  if (profile.kind === 'usage-error') return profile;
  const timeout = optional(written('timeout', given, file, cwd), ({ text, of }) => parseDuration(text, of));
  if (timeout.kind === 'usage-error') return timeout;
  const repeat = optional(written('repeat', given, file, cwd), ({ text, of }) => parseCount(text, of));
  if (repeat.kind === 'usage-error') return repeat;
  const isolation = optional(written('isolation', given, file, cwd), ({ text, of }) =>
    choose(text, isolations, { of, noun: 'isolation' }),
  );
  if (isolation.kind === 'usage-error') return isolation;
  const starts = several('start', given, file, startNames, 'start state');
  if (starts.kind === 'usage-error') return starts;
  const overrides = readOverrides(given, file, cwd);
  if (overrides.kind === 'usage-error') return overrides;
  const named = await readRequirements(given, file, ids);
  if (named.kind === 'usage-error') return named;

  return understood({
    profile: profile.value ?? defaults.profile,
    overrides: overrides.value,
    starts: starts.value,
    ...named.value,
    strict: given.strict !== undefined || (file.strict ?? false),
    isolation: isolation.value ?? defaults.isolation,
    timeoutMs: timeout.value ?? defaults.timeoutMs,
    probing: { quick: given.quick !== undefined, repeat: repeat.value },
    trace: given.trace !== undefined || (file.trace ?? false),
    expectedFailures: file.expectedFailures,
  });
}

function written(key: TextKey, given: Given, config: Config, cwd: string): PolicyWord | null {
  const text = given[key]?.at(-1);
  if (text !== undefined) return { text, of: `--${key}`, base: cwd };
  const configured = config.texts[key];
  return configured === undefined
    ? null
    : { text: configured, of: `${config.file}: ${key}`, base: config.directory };
}

function optional<T>(
  value: PolicyWord | null,
  parse: (value: PolicyWord) => ParseResult<T>,
): ParseResult<T | null> {
  return value === null ? understood(null) : parse(value);
}

function listOf(
  key: ListKey,
  given: Given,
  config: Config,
): { readonly words: readonly string[]; readonly of: string } | null {
  const values = given[key];
  if (values !== undefined) return { words: splitList(values), of: `--${key}` };
  const words = config.lists[key];
  return words === undefined ? null : { words, of: `${config.file}: ${key}` };
}

function several<T extends string>(
  key: ListKey,
  given: Given,
  config: Config,
  candidates: readonly T[],
  noun: string,
): ParseResult<readonly T[] | null> {
  const list = listOf(key, given, config);
  if (list === null || list.words.length === 0) return understood(null);
  return chooseSeveral(list.words, candidates, { of: list.of, noun });
}

async function readRequirements(
  given: Given,
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

/** Directories that are there: a wrong one would show nothing, and so prove everything. */
function readDirectories(given: Given, config: Config, cwd: string): ParseResult<readonly string[] | null> {
  const list = listOf('created', given, config);
  if (list === null) return understood(null);
  const base = given.created === undefined ? config.directory : cwd;
  const paths = list.words.map((word) => resolve(base, word));
  const missing = paths.find((path) => !isDirectory(path));
  return missing === undefined
    ? understood(paths)
    : usageError(`${list.of}: ${missing} is no directory; name the ones in which the program creates files`);
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Only what was declared: the rest stays as the profile has it. */
function readOverrides(given: Given, config: Config, cwd: string): ParseResult<PolicyOverrides> {
  const read = <T>(key: TextKey, parse: (value: PolicyWord) => ParseResult<T>): ParseResult<T | null> =>
    optional(written(key, given, config, cwd), parse);

  const mask = read('umask', ({ text, of }) => parseMaskPolicy(text, of));
  if (mask.kind === 'usage-error') return mask;
  const directory = read('cwd', ({ text, of, base }) => parseDirectoryPolicy(text, of, base));
  if (directory.kind === 'usage-error') return directory;
  const streams = read('stdio', ({ text, of, base }) => parseStreamsPolicy(text, of, base));
  if (streams.kind === 'usage-error') return streams;
  const user = read('user', ({ text, of }) => parseDeclaredUser(text, of, readDatabases()));
  if (user.kind === 'usage-error') return user;
  const leader = read('leader', ({ text, of }) =>
    choose(text, ['may', 'must-not'] as const, { of, noun: 'word' }),
  );
  if (leader.kind === 'usage-error') return leader;
  const pidfile = read('pidfile', ({ text, base }) => understood(resolve(base, text)));
  if (pidfile.kind === 'usage-error') return pidfile;

  const terminalArgument = read('terminal-arg', ({ text, of }) => parseTerminalArgument(text, of));
  if (terminalArgument.kind === 'usage-error') return terminalArgument;
  const directoryArgument = read('directory-arg', ({ text, of }) => parseDirectoryArgument(text, of));
  if (directoryArgument.kind === 'usage-error') return directoryArgument;
  const ready = read('ready', ({ text, of }) =>
    text.trim() === ''
      ? usageError(`${of} needs a command, as in --ready 'nc -z localhost 8080'`)
      : understood(text),
  );
  if (ready.kind === 'usage-error') return ready;
  const failing = read('failing-args', ({ text, of }) => parseWords(text, of));
  if (failing.kind === 'usage-error') return failing;
  const foreground = read('foreground-args', ({ text, of }) => parseWords(text, of));
  if (foreground.kind === 'usage-error') return foreground;
  const created = readDirectories(given, config, cwd);
  if (created.kind === 'usage-error') return created;
  const reload = given.reload !== undefined ? true : config.reload;
  const notify = given.notify !== undefined ? true : config.notify;

  return understood({
    ...(terminalArgument.value === null ? {} : { terminalArgument: terminalArgument.value }),
    ...(directoryArgument.value === null ? {} : { directoryArgument: directoryArgument.value }),
    ...(ready.value === null ? {} : { ready: ready.value }),
    ...(failing.value === null ? {} : { failingArguments: failing.value }),
    ...(foreground.value === null ? {} : { foregroundArguments: foreground.value }),
    ...(created.value === null ? {} : { created: created.value }),
    ...(reload === null ? {} : { reload }),
    ...(notify === null ? {} : { notify }),
    ...(mask.value === null ? {} : { fileModeCreationMask: mask.value }),
    ...(directory.value === null ? {} : { workingDirectory: directory.value }),
    ...(streams.value === null ? {} : { standardStreams: streams.value }),
    ...(user.value === null ? {} : { user: user.value }),
    ...(leader.value === null ? {} : { sessionLeader: leader.value }),
    ...(pidfile.value === null ? {} : { pidfile: pidfile.value }),
  });
}
