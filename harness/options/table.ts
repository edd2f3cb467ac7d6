/**
 * Every option, one row each. From the rows are made: the parser of the command line, `--help`, the manual page, the
 * completions of three shells, the configuration file, its schema and that of a batch, and the policy.
 *
 * Longer than 250 lines: an option is a row, and all rows are in one table.
 */

import { resolve } from 'node:path';
import { startNames } from '../facts/start-state.ts';
import { failOnWords, profileNames } from '../judge/profile.ts';
import { languages } from '../judge/repair.ts';
import { isolations } from '../launch/protocol.ts';
import { reportFormats } from '../report/formats.ts';
import { choose } from './choice.ts';
import { parseCount } from './count.ts';
import { parseDeclaredUser, readDatabases } from './declared-user.ts';
import { parseDirectories } from './directories.ts';
import { parseDuration } from './duration.ts';
import { parseMaskPolicy } from './mask-policy.ts';
import { type Option, verbs } from './option.ts';
import { parseDirectoryPolicy, parseStreamsPolicy } from './path-policy.ts';
import { parseDirectoryArgument, parseTerminalArgument } from './place-argument.ts';
import { understood, usageError } from './usage-error.ts';
import { parseWords } from './words.ts';

const formatNames = Object.keys(reportFormats);
const judging = ['check', 'inspect'] as const;
const text = { type: 'string' };
const flag = { type: 'boolean' };
const duration = { oneOf: [{ type: 'string' }, { type: 'number', exclusiveMinimum: 0 }] };
const braces = { type: 'string', pattern: '\\{\\}' };
const ids = { type: 'array', items: { $ref: '#/$defs/requirement' } };
const leaderWords = ['may', 'must-not'] as const;

export const options = {
  profile: {
    chapter: 'asked',
    short: 'p',
    value: 'NAME',
    verbs: ['check', 'inspect', 'list'],
    help: 'sysv (default), daemon3-bsd, daemon3-glibc, apue, pep3143, classic, supervised',
    completion: profileNames,
    config: {
      example: '"sysv"',
      description: 'The body of advice it is judged by.',
      schema: { enum: profileNames },
    },
    parse: (word: string, of: string) => choose(word, profileNames, { of, noun: 'profile' }),
  },
  start: {
    chapter: 'asked',
    value: 'NAME',
    several: true,
    verbs: ['check'],
    help: 'clean, hostile, leader, captured, closed, detached, supervised (default: those of the profile)',
    completion: startNames,
    config: {
      example: '["clean", "hostile"]',
      description: 'Start states it is launched from, in place of those of the profile.',
      schema: { type: 'array', items: { enum: startNames } },
    },
  },
  only: {
    chapter: 'asked',
    value: 'ID',
    several: true,
    verbs: ['check', 'inspect', 'suite'],
    help: 'judge these requirements alone, and let each count (list shows them)',
    config: { example: '["session-leader"]', description: 'Judge these requirements alone.', schema: ids },
  },
  skip: {
    chapter: 'asked',
    value: 'ID',
    several: true,
    verbs: judging,
    help: 'judge all but these',
    config: { example: '["environment"]', description: 'Judge all but these.', schema: ids },
  },
  strict: {
    chapter: 'asked',
    verbs: judging,
    help: 'should-requirements count too: the same as --fail-on should',
    config: { example: 'true', description: 'Should-requirements count too.', schema: flag },
  },
  'fail-on': {
    chapter: 'asked',
    value: 'LEVEL',
    verbs: ['check', 'inspect', 'batch'],
    help: 'must (default), should, may: what has to fail for status 1; never: status 0 whatever fails',
    completion: failOnWords,
    config: {
      example: '"should"',
      description: 'Down to which level a failure decides the exit status; never: none does.',
      schema: { enum: failOnWords },
    },
    parse: (word: string, of: string) => choose(word, failOnWords, { of, noun: 'level' }),
  },
  timeout: {
    chapter: 'asked',
    value: 'DURATION',
    verbs: ['check'],
    help: '10s (default), 500ms, 2m: how long PROGRAM has to settle',
    config: {
      example: '"10s"',
      description: 'How long it has to settle: 10s, 500ms, 2m, or seconds.',
      schema: duration,
      number: true,
    },
    parse: parseDuration,
  },
  'stop-timeout': {
    chapter: 'asked',
    value: 'DURATION',
    verbs: ['check'],
    help: '2s (default): how long, without isolation, what is ending is waited for before SIGKILL',
    config: {
      example: '"2s"',
      description: 'How long, without isolation, what is ending is waited for before SIGKILL.',
      schema: duration,
      number: true,
    },
    parse: parseDuration,
  },
  deadline: {
    chapter: 'asked',
    value: 'DURATION',
    verbs: ['check', 'batch'],
    help: 'how long the whole check may take: what is not probed by then is inconclusive',
    config: {
      example: '"2m"',
      description: 'How long the whole check may take: 30s, 2m, or seconds.',
      schema: duration,
      number: true,
    },
    parse: parseDuration,
  },
  trace: {
    chapter: 'asked',
    verbs: ['check', 'batch'],
    help: 'trace the daemon steps too with strace, in launches of their own, and name the one that is missing',
    config: { example: 'true', description: 'Trace the daemon steps with strace too.', schema: flag },
  },
  quick: {
    chapter: 'asked',
    verbs: ['check', 'batch'],
    help: 'leave out the probes that launch PROGRAM many times',
  },
  repeat: {
    chapter: 'asked',
    value: 'NUMBER',
    verbs: ['check', 'batch'],
    help: 'how often the probes launch PROGRAM that repeat its start (default: 5 to 20, as each needs)',
    config: {
      example: '"60"',
      description: 'How often the probes launch it that repeat its start.',
      schema: {
        oneOf: [
          { type: 'string', pattern: '^[0-9]+$' },
          { type: 'integer', minimum: 1, maximum: 10000 },
        ],
      },
      number: true,
    },
    parse: parseCount,
  },
  keep: { chapter: 'asked', verbs: ['check'], help: 'leave what PROGRAM became running' },
  isolation: {
    chapter: 'asked',
    value: 'WORD',
    verbs: ['check', 'batch'],
    help: 'auto, full or none: a world of its own for every launch, with its own processes, files, network and IPC',
    completion: isolations,
    config: {
      example: '"none"',
      description: 'A world of its own for every launch: processes, files, network and IPC.',
      schema: { enum: isolations },
    },
    parse: (word: string, of: string) => choose(word, isolations, { of, noun: 'isolation' }),
  },
  lang: {
    chapter: 'asked',
    value: 'NAME',
    verbs: [...judging, 'explain'],
    help: 'language of the fix list: c, python, go, rust, perl, ruby, node, sh (default: as PROGRAM tells)',
    completion: languages,
    config: {
      example: '"python"',
      description: 'The language in which the fix list says what to change.',
      schema: { enum: languages },
    },
    parse: (word: string, of: string) => choose(word, languages, { of, noun: 'language' }),
  },
  umask: {
    chapter: 'declared',
    value: 'MASK',
    verbs: judging,
    help: 'any, inherited, zero, 022, or max:022',
    completion: ['any', 'inherited', 'zero', '022', 'max:022'],
    config: { example: '"022"', description: 'any, inherited, zero, 022, or max:022.', schema: text },
    policy: 'fileModeCreationMask',
    parse: parseMaskPolicy,
  },
  cwd: {
    chapter: 'declared',
    value: 'DIRECTORY',
    verbs: judging,
    help: 'root, tmp, any, not-launch-dir, or a path with a slash',
    completion: 'directory',
    config: {
      example: '"root"',
      description: 'root, tmp, any, not-launch-dir, or a path with a slash.',
      schema: text,
    },
    policy: 'workingDirectory',
    parse: parseDirectoryPolicy,
  },
  stdio: {
    chapter: 'declared',
    value: 'STREAM',
    verbs: judging,
    help: 'null, any, or a path with a slash',
    completion: 'file',
    config: { example: '"null"', description: 'null, any, or a path with a slash.', schema: text },
    policy: 'standardStreams',
    parse: parseStreamsPolicy,
  },
  user: {
    chapter: 'declared',
    value: 'USER',
    verbs: judging,
    help: 'NAME, UID or UID:GID it runs as in the end',
    completion: 'user',
    config: { example: '"nobody"', description: 'NAME, UID or UID:GID it runs as in the end.', schema: text },
    policy: 'user',
    undeclared: null,
    parse: (word: string, of: string) => parseDeclaredUser(word, of, readDatabases()),
  },
  pidfile: {
    chapter: 'declared',
    value: 'FILE',
    verbs: judging,
    help: 'names the daemon',
    completion: 'file',
    config: { example: '"/run/exampled.pid"', description: 'The file that names the daemon.', schema: text },
    policy: 'pidfile',
    undeclared: null,
    parse: (path: string, _of: string, base: string) => understood(resolve(base, path)),
  },
  leader: {
    chapter: 'declared',
    value: 'WORD',
    verbs: judging,
    help: 'may or must-not be a session leader',
    completion: leaderWords,
    config: {
      example: '"may"',
      description: 'Whether it may be a session leader.',
      schema: { enum: leaderWords },
    },
    policy: 'sessionLeader',
    parse: (word: string, of: string) => choose(word, leaderWords, { of, noun: 'word' }),
  },
  reload: {
    chapter: 'declared',
    verbs: judging,
    help: 'reloads on SIGHUP',
    config: { example: 'true', description: 'It reloads on SIGHUP.', schema: flag },
    policy: 'reload',
    undeclared: false,
  },
  notify: {
    chapter: 'declared',
    verbs: ['check'],
    help: 'tells its service manager when it is ready',
    config: {
      example: 'true',
      description: 'It tells its service manager when it is ready.',
      schema: flag,
    },
    policy: 'notify',
    undeclared: false,
  },
  'terminal-arg': {
    chapter: 'declared',
    value: 'ARG',
    verbs: ['check'],
    help: 'an argument that makes it open the terminal {}',
    config: {
      example: '"--log={}"',
      description: 'An argument that makes it open the terminal {}.',
      schema: braces,
    },
    policy: 'terminalArgument',
    undeclared: null,
    parse: parseTerminalArgument,
  },
  'directory-arg': {
    chapter: 'declared',
    value: 'ARG',
    verbs: ['check'],
    help: 'an argument that makes it work in the directory {}',
    config: {
      example: '"--workdir={}"',
      description: 'An argument that makes it work in the directory {}.',
      schema: braces,
    },
    policy: 'directoryArgument',
    undeclared: null,
    parse: parseDirectoryArgument,
  },
  ready: {
    chapter: 'declared',
    value: 'COMMAND',
    verbs: ['check'],
    help: 'succeeds as soon as the daemon can be used',
    config: {
      example: '"nc -z localhost 8080"',
      description: 'A command for sh that succeeds as soon as the daemon can be used.',
      schema: { type: 'string', pattern: '\\S' },
    },
    policy: 'ready',
    undeclared: null,
    parse: (command: string, of: string) =>
      command.trim() === ''
        ? usageError(`${of} needs a command, as in --ready 'nc -z localhost 8080'`)
        : understood(command),
  },
  'failing-args': {
    chapter: 'declared',
    value: 'ARGS',
    dashes: true,
    verbs: ['check'],
    help: "arguments, in place of its own, with which it must fail to start (--failing-args='-c /no/such/file')",
    config: {
      example: '"-c /no/such/file"',
      description: 'Arguments, in place of its own, with which it must fail to start.',
      schema: text,
    },
    policy: 'failingArguments',
    undeclared: null,
    parse: parseWords,
  },
  'foreground-args': {
    chapter: 'declared',
    value: 'ARGS',
    dashes: true,
    verbs: ['check'],
    help: 'arguments, in place of its own, with which it stays in the foreground',
    config: {
      example: '"--no-daemon"',
      description: 'Arguments, in place of its own, with which it stays in the foreground.',
      schema: text,
    },
    policy: 'foregroundArguments',
    undeclared: null,
    parse: parseWords,
  },
  created: {
    chapter: 'declared',
    value: 'DIRECTORY',
    several: true,
    verbs: ['check'],
    help: 'directories in which it creates files',
    completion: 'directory',
    config: {
      example: '["/var/lib/exampled"]',
      description: 'Directories in which it creates files.',
      schema: { type: 'array', items: text },
    },
    policy: 'created',
    undeclared: [],
    parseAll: parseDirectories,
  },
  config: {
    chapter: 'declared',
    value: 'FILE',
    verbs: judging,
    help: 'the same as JSON, and expectedFailures {"ID": "reason"}; daemon-conformance.json here is read unasked',
    completion: 'file',
  },
  'write-expected': {
    chapter: 'declared',
    verbs: ['check'],
    help: 'write what fails now into the configuration as expectedFailures: from then on only what is new fails',
  },
  all: {
    chapter: 'many',
    verbs: ['inspect'],
    help: 'every child of process 1 that has no terminal, a row for each',
  },
  jobs: {
    chapter: 'many',
    short: 'j',
    value: 'NUMBER',
    verbs: ['batch'],
    help: 'programs of a batch checked at once (default: the cores)',
  },
  shard: {
    chapter: 'many',
    value: 'I/N',
    verbs: ['batch'],
    help: 'this part of the batch only; its programs never move',
  },
  join: {
    chapter: 'many',
    verbs: ['batch'],
    help: 'the FILEs are reports of shards: join them to one',
  },
  'only-differences': { chapter: 'many', verbs: ['compare'], help: 'leave out what is alike' },
  'fail-on-difference': {
    chapter: 'many',
    verbs: ['compare'],
    help: 'end with status 1 if anything differs',
  },
  libc: {
    chapter: 'promises',
    value: 'PATH',
    verbs: ['suite'],
    help: 'another C library to try, its libc.so',
    completion: 'file',
  },
  'dry-run': {
    chapter: 'promises',
    verbs: ['suite'],
    help: 'list what would run, and what is expected',
  },
  system: {
    chapter: 'promises',
    value: 'NAME',
    verbs: ['suite'],
    help: 'on linux-glibc, linux-musl, freebsd, openbsd, netbsd or macos, with --dry-run',
    completion: ['linux-glibc', 'linux-musl', 'freebsd', 'openbsd', 'netbsd', 'macos'],
  },
  format: {
    chapter: 'told',
    short: 'f',
    value: 'FORMAT',
    written: 'FORMAT[=FILE]',
    verbs: ['check', 'inspect', 'list', 'compare', 'batch', 'suite'],
    help: `${formatNames.join(', ')} (default: pretty; in GitHub Actions github, with a job summary); repeatable, one per place. compare and batch: pretty, json, markdown, html`,
    completion: formatNames,
  },
  quiet: {
    chapter: 'told',
    short: 'q',
    verbs: ['check', 'inspect', 'batch', 'suite'],
    help: 'the verdict and what it rests on',
  },
  verbose: {
    chapter: 'told',
    short: 'v',
    verbs: ['check', 'inspect', 'batch', 'suite', 'doctor'],
    help: 'every requirement, process and event; from doctor other systems too',
  },
  color: {
    chapter: 'told',
    value: 'WHEN',
    verbs,
    help: 'auto (default), always, never',
    completion: ['auto', 'always', 'never'],
  },
  version: { chapter: 'told', short: 'V', verbs, help: 'tell the version' },
  help: { chapter: 'told', short: 'h', verbs, help: 'tell this' },
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

/** `NAME`, `NAME,...`, `FORMAT[=FILE]`; null if it takes no value. */
export function writtenValue({ value, written, several }: Option): string | null {
  return written ?? (value === undefined ? null : several === true ? `${value},...` : value);
}
