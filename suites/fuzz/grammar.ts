/**
 * What a user may write, from a grammar: mostly what is understood, with one thing spoilt here and there, since what is
 * refused at its first word proves little.
 */

import { type Verb, verbs } from '../../harness/options/option.ts';
import { type OptionName, option, optionNames } from '../../harness/options/table.ts';
import type { Random } from './random.ts';

const hostileTexts = [
  '',
  ' ',
  '-',
  '--',
  '\0',
  '\x1b[31m',
  '\u202e',
  '💥',
  'é'.repeat(300),
  '../..',
  '{}',
  '%s',
  '__proto__',
];

const wordsFor: Readonly<Record<string, readonly string[]>> = {
  NAME: ['sysv', 'apue', 'classic', 'supervised', 'clean', 'hostile', 'clean,hostile', 'freebsd', 'linux'],
  ID: ['session-leader', 'working-directory', 'session-leader,environment', 'session', 'setsid'],
  FORMAT: [
    'pretty',
    'json',
    'tap',
    'junit',
    'markdown',
    'html',
    'github',
    'ctrf',
    'json=out.json',
    'html=out.html',
    'tap=/dev/null',
  ],
  DURATION: ['10s', '1', '200ms', '1m', '0', '-1s', '1e9s', '999999999999s'],
  MASK: ['022', '0', '0777', '8', '-1', '99999'],
  DIRECTORY: ['/', 'root', '.', '/nonexistent', 'a'],
  STREAM: ['null', 'terminal', 'closed', 'any'],
  USER: ['root', 'nobody', '0', '0:0', 'nobody:root', '4294967296', 'x:y:z'],
  FILE: ['/run/x.pid', 'x.pid', 'config.json', '/dev/zero', '/dev/null', '/', 'none.json'],
  WORD: ['may', 'must-not', 'auto', 'none', 'full'],
  ARG: ['--log={}', '{}', 'none'],
  ARGS: ['--bad', '-x "a b"', "'", 'a\\'],
  COMMAND: ['true', 'nc -z localhost 1', '"', 'none'],
  NUMBER: ['1', '3', '0', '-1', '1.5', '1e3', '99999999999999999999'],
  'I/N': ['1/2', '2/2', '3/2', '0/0', '1'],
  PATH: ['/lib/libc.so', 'none'],
  WHEN: ['auto', 'always', 'never', 'x'],
};

const operandsFor: Readonly<Record<Verb, readonly string[]>> = {
  check: ['true', 'sh', '/bin/sh', '/nonexistent', '.', '/dev/null'],
  inspect: ['1', '0', '-1', '99999999', 'x'],
  list: [],
  explain: ['session-leader', 'working-directory', 'no-such', 'sesion-leader'],
  compare: ['report.json', 'report.json', 'batch-report.json', 'none.json', '/dev/zero'],
  batch: ['batch.json', 'none.json', 'report.json', '/'],
  suite: ['syscalls', 'none'],
  doctor: [],
};

const optionValue = (random: Random, name: OptionName): string => {
  if (random.chance(0.08)) return random.pick(hostileTexts);
  return random.pick(wordsFor[option(name).value ?? ''] ?? ['x']);
};

export function commandLine(random: Random): readonly string[] {
  const verb = random.pick(verbs);
  const belonging = optionNames.filter((name) => option(name).verbs.includes(verb));
  const line: string[] = verb === 'check' && random.chance(0.5) ? [] : [verb];
  for (let count = random.below(5); count > 0; count--) {
    const name = random.pick(random.chance(0.95) ? belonging : optionNames);
    if (name === 'help' && random.chance(0.8)) continue;
    const { short, value } = option(name);
    const word = short !== undefined && random.chance(0.3) ? `-${short}` : `--${name}`;
    if (value === undefined) line.push(word);
    else if (word.startsWith('--') && random.chance(0.5)) line.push(`${word}=${optionValue(random, name)}`);
    else line.push(word, optionValue(random, name));
  }
  const operands = operandsFor[verb];
  for (let count = operands.length === 0 ? 0 : random.below(4); count > 0; count--) {
    line.push(random.chance(0.05) ? random.pick(hostileTexts) : random.pick(operands));
  }
  // execve(2) takes no NUL, so none ever comes in.
  return line.map((word) => word.replaceAll('\0', ''));
}

/** What is understood, and what is not. */
const configValues: Readonly<
  Record<string, readonly [right: readonly unknown[], wrong: readonly unknown[]]>
> = {
  profile: [['sysv', 'apue'], ['x']],
  timeout: [
    ['10s', 10],
    ['0', 'x'],
  ],
  umask: [['022'], ['x', 22]],
  cwd: [['root', '/'], [7]],
  stdio: [['null'], ['x']],
  user: [['root', '0:0'], ['none']],
  leader: [['may'], ['x']],
  pidfile: [['/run/x.pid', 'x'], ['']],
  repeat: [
    [3, '3'],
    [0, -1],
  ],
  ready: [['true'], ['"']],
  'failing-args': [['--bad'], ['"']],
  start: [
    [['clean'], ['clean', 'hostile'], 'clean'],
    [['x'], []],
  ],
  only: [
    [['session-leader'], ['working-directory', 'session']],
    [['x'], []],
  ],
  skip: [[['session-leader']], ['x']],
  created: [[['/tmp']], [[7]]],
  strict: [[true, false], ['yes']],
  reload: [[true], ['x']],
  trace: [[false], [1]],
  notify: [[true], [null]],
  expectedFailures: [
    [{ 'session-leader': 'known' }, {}],
    [{ x: '' }, []],
  ],
  $schema: [['x'], [7]],
};

const anything: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  '\x1b[2J',
  [],
  [[]],
  {},
  { constructor: {} },
  'x'.repeat(5000),
];

function config(random: Random): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (let count = random.below(5); count > 0; count--) {
    const key = random.pick(Object.keys(configValues));
    const [right, wrong] = configValues[key] ?? [anything, anything];
    made[key] = random.chance(0.95) ? random.pick(right) : random.pick([...wrong, ...anything]);
  }
  return made;
}

export const configFile = (random: Random): string => spoilt(random, JSON.stringify(config(random)));

const mostly = (random: Random, right: readonly unknown[], ...wrong: readonly unknown[]): unknown =>
  random.pick(random.chance(0.9) ? right : wrong);

export function batchFile(random: Random): string {
  const programs = Array.from({ length: 1 + random.below(3) }, (_, i) => ({
    name: random.chance(0.97) ? `p${i}` : random.pick(anything),
    argv: random.chance(0.97) ? ['true', '{dir}', '{here}'] : random.pick(anything),
    ...(random.chance(0.3) ? { package: 'coreutils' } : {}),
    ...(random.chance(0.3)
      ? { needs: mostly(random, [{ programs: ['true'] }, { files: ['/none'] }], { root: 1 }) }
      : {}),
    ...(random.chance(0.3) ? { setup: mostly(random, [[['true']]], [[]], 'x') } : {}),
    ...(random.chance(0.3) ? { env: mostly(random, [{ A: '{dir}' }], { 'A=B': '' }, { A: 1 }) } : {}),
    ...(random.chance(0.3)
      ? { files: mostly(random, [{ a: ['x'] }], { '../a': ['x'] }, { '': [] }, { a: 1 }) }
      : {}),
    ...config(random),
  }));
  return spoilt(
    random,
    JSON.stringify({ ...(random.chance(0.3) ? { defaults: config(random) } : {}), programs }),
  );
}

/** A report with some of its values in the place of others, or of anything. */
export function reportFile(random: Random, whole: unknown): string {
  const copy = JSON.parse(JSON.stringify(whole)) as unknown;
  for (let count = random.below(4); count > 0; count--) spoil(random, copy);
  return spoilt(random, JSON.stringify(copy));
}

function spoil(random: Random, root: unknown): void {
  let at = root as Record<string, unknown>;
  for (let depth = random.below(7); ; depth--) {
    const keys = Object.keys(at);
    if (keys.length === 0) return;
    const key = random.pick(keys);
    const inner = at[key];
    if (depth > 0 && typeof inner === 'object' && inner !== null) {
      at = inner as Record<string, unknown>;
      continue;
    }
    if (key === 'schemaVersion') return;
    if (random.chance(0.2)) delete at[key];
    // A copy: what is put into it later would otherwise be in every other case too, and in itself.
    else at[key] = structuredClone(random.pick(anything));
    return;
  }
}

/** Mostly whole; sometimes cut off, or with a byte that is none. */
function spoilt(random: Random, text: string): string {
  if (random.chance(0.95)) return text;
  return random.chance(0.5) ? text.slice(0, random.below(text.length + 1)) : `${text}\ufffd`;
}
