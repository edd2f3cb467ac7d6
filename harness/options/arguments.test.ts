import { describe, expect, test } from 'vitest';
import { type Invocation, parseArguments } from './arguments.ts';

function parsed(...argv: string[]): Invocation {
  const invocation = parseArguments(argv);
  if (invocation.kind === 'usage-error') throw new Error(invocation.line);
  return invocation.value;
}

function usageFailed(...argv: string[]): string {
  const invocation = parseArguments(argv);
  if (invocation.kind === 'understood') throw new Error(JSON.stringify(invocation.value));
  return invocation.line;
}

describe('the options of the environment', () => {
  const withAlways = (always: string, ...argv: string[]) => parseArguments(argv, always);

  test('go before those of the command line, which overrule them', () => {
    expect(
      withAlways("-p apue --timeout 20s --only a --cwd '/a b'", '--only', 'b', './d', '-p', 'x'),
    ).toEqual({
      kind: 'understood',
      value: {
        verb: 'check',
        given: { profile: ['apue'], timeout: ['20s'], only: ['b'], cwd: ['/a b'] },
        operands: ['./d', '-p', 'x'],
      },
    });
  });

  test('are left out where they have no meaning for the verb', () => {
    expect(withAlways('--timeout 20s -q', 'list')).toEqual({
      kind: 'understood',
      value: { verb: 'list', given: {}, operands: [] },
    });
  });

  test('quiet gives way to verbose', () => {
    expect(withAlways('-q', '-v', './d')).toMatchObject({ value: { given: { verbose: [''] } } });
  });

  test.each([
    ['--timout 2s', 'DAEMON_CONFORMANCE_OPTS: there is no option --timout; did you mean --timeout?'],
    ['--timeout', 'DAEMON_CONFORMANCE_OPTS: --timeout needs a value: --timeout DURATION'],
    ["--cwd '/a", "DAEMON_CONFORMANCE_OPTS has a quote or a backslash too many: --cwd '/a"],
    ['-q ./d', "DAEMON_CONFORMANCE_OPTS holds options alone, and './d' is none; give it on the command line"],
  ])('%j is one clear line', (always, line) => {
    expect(withAlways(always, './d')).toEqual({ kind: 'usage-error', line });
  });
});

describe('our options end', () => {
  test('at the first word that is none', () => {
    expect(parsed('-p', 'apue', './d', '-p', 'x', '--help', '--', '-q')).toEqual({
      verb: 'check',
      given: { profile: ['apue'] },
      operands: ['./d', '-p', 'x', '--help', '--', '-q'],
    });
  });

  test('at --, which is not handed on', () => {
    expect(parsed('-q', '--', '-odd', '--', 'x')).toEqual({
      verb: 'check',
      given: { quiet: [''] },
      operands: ['-odd', '--', 'x'],
    });
  });

  test('before a single dash', () => {
    expect(parsed('-')).toEqual({ verb: 'check', given: {}, operands: ['-'] });
  });

  test('before an empty word', () => {
    expect(parsed('')).toEqual({ verb: 'check', given: {}, operands: [''] });
  });
});

describe('options', () => {
  test('are written in every way getopt_long(3) knows', () => {
    const given = { profile: ['apue'], format: ['json=a=b'], verbose: [''] };
    for (const words of [
      ['--profile', 'apue', '--format', 'json=a=b', '--verbose'],
      ['--profile=apue', '--format=json=a=b', '-v'],
      ['-p', 'apue', '-vf', 'json=a=b'],
      ['-papue', '-fjson=a=b', '-v'],
    ]) {
      expect(parsed(...words, 'x').given).toEqual(given);
    }
  });

  test('keep every value in order', () => {
    expect(parsed('-f', 'json=a', '-fpretty', '--only', 'a,b', '--only=c', 'x').given).toEqual({
      format: ['json=a', 'pretty'],
      only: ['a,b', 'c'],
    });
  });

  test('may have a value that begins with a dash after =', () => {
    expect(parsed('--cwd=-/x', 'x').given).toEqual({ cwd: ['-/x'] });
  });
});

describe('a verb', () => {
  test('is a bare word, with options before and after it', () => {
    expect(parsed('-q', 'inspect', '402', '--profile', 'apue')).toEqual({
      verb: 'inspect',
      given: { quiet: [''], profile: ['apue'] },
      operands: ['402'],
    });
    expect(parsed('list').verb).toBe('list');
    expect(parsed('explain', 'session').operands).toEqual(['session']);
  });

  test('is a program after -- or with a slash', () => {
    expect(parsed('--', 'inspect', '402')).toEqual({
      verb: 'check',
      given: {},
      operands: ['inspect', '402'],
    });
    expect(parsed('./list').verb).toBe('check');
    expect(parsed('check', 'x')).toEqual({ verb: 'check', given: {}, operands: ['check', 'x'] });
  });
});

test('arguments of another program may look like options, and may be none', () => {
  expect(parseArguments(['--failing-args', '-c /no/such/file', '--foreground-args=', 'x'])).toEqual({
    kind: 'understood',
    value: {
      verb: 'check',
      given: { 'failing-args': ['-c /no/such/file'], 'foreground-args': [''] },
      operands: ['x'],
    },
  });
});

describe('usage-error', () => {
  test.each([
    [['--profil', 'sysv', 'x'], 'there is no option --profil; did you mean --profile?'],
    [['--colour=never', 'x'], 'there is no option --colour; did you mean --color?'],
    [['--frobnicate', 'x'], 'there is no option --frobnicate; --help shows them'],
    [['-x', 'y'], 'there is no option -x; --help shows them'],
    [['--until', 'true', 'x'], 'there is no option --until; --help shows them'],
    [['--everything=3', 'x'], 'there is no option --everything; --help shows them'],
    [['-p'], '-p needs a value: -p NAME'],
    [['--umask='], '--umask needs a value: --umask MASK'],
    [
      ['--profile', '--strict', 'x'],
      '--profile needs a value, and --strict looks like an option: write --profile NAME',
    ],
    [['--strict=yes', 'x'], '--strict takes no value; write it alone'],
    [['-q', '-v', 'x'], '-v and --quiet exclude each other; give one'],
    [['-v', '--quiet', 'x'], '--quiet and --verbose exclude each other; give one'],
    [['inspect', '1', '--start', 'clean'], '--start has no meaning for inspect; leave it out'],
    [['--timeout', '1s', 'list'], '--timeout has no meaning for list; leave it out'],
  ])('%j is told in a line', (argv, line) => {
    expect(usageFailed(...argv)).toBe(line);
  });

  test('of a name that every object has is no option', () => {
    expect(usageFailed('--constructor', 'x')).toContain('there is no option --constructor');
    expect(usageFailed('--__proto__=1', 'x')).toContain('there is no option --__proto__');
  });
});
