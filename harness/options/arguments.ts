/**
 * The words of the command line, in two passes: the first finds where our options end, at the first word that is
 * none or at `--`; the second judges what stands before. All that follows a program's name is the program's own.
 */

import { parseArgs } from 'node:util';
import { didYouMean } from './near-miss.ts';
import { type Verb, verbs } from './option.ts';
import { isOptionName, type OptionName, option, optionNames } from './table.ts';
import { type ParseResult, type UsageError, understood, usageError } from './usage-error.ts';
import { parseWords } from './words.ts';

/** Values in the order given; an empty text for an option that takes none. */
export type GivenOptions = Readonly<Partial<Record<OptionName, readonly string[]>>>;

export interface Invocation {
  readonly verb: Verb;
  readonly given: GivenOptions;
  /** The program and its arguments, or what the verb is about. */
  readonly operands: readonly string[];
}

const parsable = Object.fromEntries(
  optionNames.map((name) => {
    const { short, value } = option(name);
    const type = value === undefined ? ('boolean' as const) : ('string' as const);
    return [name, short === undefined ? { type, multiple: true } : { type, multiple: true, short }];
  }),
);

function tokensOf(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: parsable,
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens;
}

type Token = ReturnType<typeof tokensOf>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

/** Options that go before those of every command line, as the environment holds them. */
export const ownVariable = 'DAEMON_CONFORMANCE_OPTS';

/**
 * @param argv the words after the command's name
 * @param always what `DAEMON_CONFORMANCE_OPTS` holds: options as a shell takes words apart. What has no meaning for
 *   the verb is left out, and the command line overrules the rest.
 */
export function parseArguments(argv: readonly string[], always = ''): ParseResult<Invocation> {
  const written = parseWritten(argv);
  if (written.kind === 'usage-error' || always.trim() === '') return written;
  const { verb, given, operands } = written.value;
  const before = parseAlways(verb, always);
  if (before.kind === 'usage-error') return before;
  const { quiet: _quiet, verbose: _verbose, ...unless } = before.value;
  const told = given.quiet !== undefined || given.verbose !== undefined;
  return understood({ verb, given: { ...(told ? unless : before.value), ...given }, operands });
}

function parseAlways(verb: Verb, always: string): ParseResult<GivenOptions> {
  const words = parseWords(always, ownVariable);
  if (words.kind === 'usage-error') return words;
  const tokens = tokensOf(words.value);
  const options = tokens.filter(isOption);
  const meant = options.filter(({ name }) => !isOptionName(name) || option(name).verbs.includes(verb));
  const found = gathered(verb, meant, []);
  if (found.kind === 'usage-error') return usageError(`${ownVariable}: ${found.line}`);
  const other = tokens.find((token) => !isOption(token));
  if (other === undefined) return understood(found.value.given);
  const word = other.kind === 'positional' ? other.value : '--';
  return usageError(`${ownVariable} holds options alone, and '${word}' is none; give it on the command line`);
}

function parseWritten(argv: readonly string[]): ParseResult<Invocation> {
  const tokens = tokensOf(argv);
  const end = tokens.find(({ kind }) => kind !== 'option');
  const own = tokens.filter(isOption).filter(({ index }) => end === undefined || index < end.index);
  const rest = end === undefined ? [] : argv.slice(end.kind === 'positional' ? end.index : end.index + 1);
  const [word] = rest;
  if (end?.kind === 'positional' && word === 'help')
    return understood({ verb: 'check', given: { help: [''] }, operands: [] });
  if (end?.kind === 'positional' && isVerb(word)) return aboutVerb(word, own, rest.slice(1));
  return gathered('check', own, rest);
}

function isOption(token: Token): token is OptionToken {
  return token.kind === 'option';
}

function isVerb(word: string | undefined): word is Verb {
  // `check` is what happens without a verb, and the name of many programs.
  return word !== 'check' && verbs.some((verb) => verb === word);
}

/** A verb other than `check` launches nothing, so options may stand anywhere. */
function aboutVerb(
  verb: Verb,
  before: readonly OptionToken[],
  words: readonly string[],
): ParseResult<Invocation> {
  const tokens = tokensOf(words);
  const operands = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  return gathered(verb, [...before, ...tokens.filter(isOption)], operands);
}

function gathered(
  verb: Verb,
  tokens: readonly OptionToken[],
  operands: readonly string[],
): ParseResult<Invocation> {
  const given: Partial<Record<OptionName, string[]>> = {};
  for (const token of tokens) {
    const { name, rawName, value } = token;
    if (!isOptionName(name)) return unknownOption(token);
    const wrong = wrongUse(verb, name, token);
    if (wrong !== null) return wrong;
    const values = given[name] ?? [];
    values.push(value ?? '');
    given[name] = values;
    if (name === 'quiet' && given.verbose !== undefined)
      return usageError(`${rawName} and --verbose exclude each other; give one`);
    if (name === 'verbose' && given.quiet !== undefined)
      return usageError(`${rawName} and --quiet exclude each other; give one`);
  }
  return understood({ verb, given, operands });
}

function unknownOption({ rawName }: OptionToken): UsageError {
  const meant = rawName.startsWith('--')
    ? didYouMean(
        rawName,
        optionNames.map((name) => `--${name}`),
      )
    : '';
  return usageError(`there is no option ${rawName}${meant === '' ? '; --help shows them' : meant}`);
}

function wrongUse(
  verb: Verb,
  name: OptionName,
  { rawName, value, inlineValue }: OptionToken,
): UsageError | null {
  const { value: called, verbs: itsVerbs, dashes } = option(name);
  if (!itsVerbs.includes(verb)) return usageError(`${rawName} has no meaning for ${verb}; leave it out`);
  if (called === undefined)
    return inlineValue === true ? usageError(`${rawName} takes no value; write it alone`) : null;
  // Arguments of another program begin with a dash, or there are none.
  if (dashes === true && value !== undefined) return null;
  if (value === undefined || value === '')
    return usageError(`${rawName} needs a value: ${rawName} ${called}`);
  // `--profile --strict` has lost its value; one that begins with a dash is written --profile=-x.
  if (inlineValue !== true && value.startsWith('-')) {
    return usageError(
      `${rawName} needs a value, and ${value} looks like an option: write ${rawName} ${called}`,
    );
  }
  return null;
}
