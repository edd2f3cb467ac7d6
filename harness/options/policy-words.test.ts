import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseDeclaredUser } from './declared-user.ts';
import { parseDuration } from './duration.ts';
import { parseMaskPolicy } from './mask-policy.ts';
import { parseDirectoryPolicy, parseStreamsPolicy } from './path-policy.ts';
import type { UsageError } from './usage-error.ts';

function value<T>(value: T): { readonly kind: 'understood'; readonly value: T } {
  return { kind: 'understood', value };
}

function line(line: string): UsageError {
  return { kind: 'usage-error', line };
}

describe('a duration', () => {
  test.each([
    ['10s', 10_000],
    ['500ms', 500],
    ['2m', 120_000],
    ['1.5s', 1_500],
    ['3', 3_000],
    ['1h', 3_600_000],
  ])('%s is understood', (text, durationMs) => {
    expect(parseDuration(text, '--timeout')).toEqual(value(durationMs));
  });

  test.each([['ten'], ['3x'], ['-1s'], ['1e3'], ['s'], [' 1s'], ['constructor']])('%s is not', (text) => {
    expect(parseDuration(text, '--timeout')).toEqual(
      line(`--timeout '${text}' is no duration; write it like 10s, 500ms or 2m`),
    );
  });

  test('is neither nothing nor for ever', () => {
    expect(parseDuration('0', '--timeout').kind).toBe('usage-error');
    expect(parseDuration('99999h', '--timeout')).toEqual(
      line("--timeout '99999h' is too long; the longest is 24 days"),
    );
  });
});

describe('a mask', () => {
  test.each([
    ['any', { kind: 'any' }],
    ['inherited', { kind: 'inherited' }],
    ['zero', { kind: 'exact', mask: 0 }],
    ['022', { kind: 'exact', mask: 0o022 }],
    ['0027', { kind: 'exact', mask: 0o027 }],
    ['max:027', { kind: 'at-most', mask: 0o027 }],
  ])('%s is understood', (text, policy) => {
    expect(parseMaskPolicy(text, '--umask')).toEqual(value(policy));
  });

  test.each([['8'], ['1000'], ['0o22'], ['max:'], ['u=rwx']])('%s is not', (text) => {
    expect(parseMaskPolicy(text, '--umask')).toEqual(
      line(`--umask '${text}' is no mask; write any, inherited, zero, octal digits like 022, or max:022`),
    );
  });

  test('nearly right is suggested', () => {
    expect(parseMaskPolicy('inherit', '--umask')).toEqual(
      line("--umask 'inherit' is no mask; did you mean inherited?"),
    );
  });
});

describe('a directory', () => {
  test('is a word or a path', () => {
    const parse = (text: string) => parseDirectoryPolicy(text, '--cwd', '/srv');
    expect(parse('any')).toEqual(value({ kind: 'any' }));
    expect(parse('not-launch-dir')).toEqual(value({ kind: 'not-launch-directory' }));
    expect(parse('root')).toEqual(value({ kind: 'one-of', paths: ['/'] }));
    expect(parse('./no/such')).toEqual(value({ kind: 'one-of', paths: ['/srv/no/such'] }));
    expect(parse('rot')).toEqual(line("--cwd 'rot' is no directory; did you mean root?"));
    expect(parse('srv')).toEqual(
      line("--cwd 'srv' is no directory; write root, tmp, any, not-launch-dir, or a path with a slash"),
    );
  });

  test('behind a link is accepted by both names', () => {
    const real = realpathSync(mkdtempSync(join(tmpdir(), 'path-policy-')));
    onTestFinished(() => rmSync(real, { recursive: true }));
    symlinkSync('/', join(real, 'link'));
    expect(parseDirectoryPolicy('./link', '--cwd', real)).toEqual(
      value({ kind: 'one-of', paths: [join(real, 'link'), '/'] }),
    );
    // The file need not be there yet.
    expect(parseStreamsPolicy('link/no-such-log', '--stdio', real)).toEqual(
      value({ kind: 'sink', path: '/no-such-log' }),
    );
  });
});

test('a stream is a word or a path', () => {
  const parse = (text: string) => parseStreamsPolicy(text, '--stdio', '/');
  expect(parse('any')).toEqual(value({ kind: 'any' }));
  expect(parse('null')).toEqual(value({ kind: 'null-device' }));
  expect(parse('/no/such.log')).toEqual(value({ kind: 'sink', path: '/no/such.log' }));
  expect(parse('nul')).toEqual(line("--stdio 'nul' is no stream; did you mean null?"));
});

describe('a user', () => {
  const databases = {
    passwd:
      'root:x:0:0:root:/root:/bin/sh\n# a comment\nwww-data:x:33:33::/var/www:\n\nann:x:1000:1000:Ann:/home/ann:/bin/sh\n',
    group: 'root:x:0:\nwww-data:x:33:ann\nann:x:1000:\nadm:x:4:ann,www-data\n',
  };
  const parse = (text: string) => parseDeclaredUser(text, '--user', databases);

  test('is a name, with all its groups', () => {
    expect(parse('ann')).toEqual(value({ name: 'ann', userId: 1000, groupId: 1000, groups: [4, 33, 1000] }));
    expect(parse('www-data')).toEqual(value({ name: 'www-data', userId: 33, groupId: 33, groups: [4, 33] }));
  });

  test('is a number, known or not', () => {
    expect(parse('33')).toEqual(parse('www-data'));
    expect(parse('4711:33')).toEqual(value({ name: '4711', userId: 4711, groupId: 33, groups: [33] }));
    expect(parse('4711')).toEqual(
      line('--user: user 4711 has no entry in /etc/passwd, so name its group too: 4711:GID'),
    );
  });

  test('may have another group, by name or number', () => {
    expect(parse('ann:adm')).toEqual(value({ name: 'ann', userId: 1000, groupId: 4, groups: [4, 33] }));
    expect(parse('ann:7')).toEqual(value({ name: 'ann', userId: 1000, groupId: 7, groups: [4, 7, 33] }));
  });

  test('that is not known is told', () => {
    expect(parse('an')).toEqual(line("--user: there is no user 'an' in /etc/passwd; did you mean ann?"));
    expect(parse('zzzzzz')).toEqual(
      line("--user: there is no user 'zzzzzz' in /etc/passwd; a number UID:GID needs no entry"),
    );
    expect(parse('ann:admm')).toEqual(
      line("--user: there is no group 'admm' in /etc/group; did you mean adm?"),
    );
    expect(parse(':33')).toEqual(line("--user ':33' is no user; write NAME, UID or UID:GID"));
    expect(parse('ann:')).toEqual(line("--user 'ann:' is no user; write NAME, UID or UID:GID"));
  });
});
