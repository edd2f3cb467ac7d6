import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseConfig, readConfig } from './config-file.ts';

function lineFor(text: string): string {
  const config = parseConfig(text, 'dc.json', '/srv');
  return config.kind === 'usage-error' ? config.line : 'understood';
}

test('every key is read', () => {
  const text = JSON.stringify({
    profile: 'apue',
    start: ['clean'],
    only: ['session'],
    skip: [],
    strict: true,
    timeout: 3,
    umask: '022',
    cwd: './data',
    stdio: 'null',
    user: 'nobody',
    leader: 'may',
    pidfile: 'x.pid',
    repeat: 30,
    'terminal-arg': '--log={}',
    'directory-arg': '--workdir={}',
    ready: 'test -e x.sock',
    'failing-args': '-x',
    'foreground-args': '-f',
    created: ['data'],
    $schema: 'config.schema.json',
    reload: true,
    trace: true,
    notify: true,
    expectedFailures: { session: 'issue 17' },
  });
  expect(parseConfig(`\ufeff${text}`, 'dc.json', '/srv')).toEqual({
    kind: 'understood',
    value: {
      file: 'dc.json',
      directory: '/srv',
      texts: {
        profile: 'apue',
        timeout: '3',
        umask: '022',
        cwd: './data',
        stdio: 'null',
        user: 'nobody',
        leader: 'may',
        pidfile: 'x.pid',
        repeat: '30',
        'terminal-arg': '--log={}',
        'directory-arg': '--workdir={}',
        ready: 'test -e x.sock',
        'failing-args': '-x',
        'foreground-args': '-f',
      },
      lists: { start: ['clean'], only: ['session'], skip: [], created: ['data'] },
      flags: { strict: true, reload: true, trace: true, notify: true },
      expectedFailures: { session: 'issue 17' },
      written: JSON.parse(text),
    },
  });
});

test.each([
  ['{ "profil": "apue" }', "dc.json: there is no key 'profil'; did you mean profile?"],
  ['{ "umask": 22 }', 'dc.json: umask must be a text, like "022"'],
  ['{ "start": "clean" }', 'dc.json: start must be a list of texts, like ["clean", "hostile"]'],
  ['{ "only": [1] }', 'dc.json: only must be a list of texts, like ["session-leader"]'],
  ['{ "strict": "yes" }', 'dc.json: strict must be true or false'],
  [
    '{ "expectedFailures": ["session"] }',
    'dc.json: expectedFailures must give a reason per requirement, like { "environment": "issue 17" }',
  ],
  [
    '{ "expectedFailures": { "session": "" } }',
    'dc.json: expectedFailures must give a reason per requirement, like { "environment": "issue 17" }',
  ],
  ['[]', 'dc.json must hold an object, like { "profile": "sysv" }'],
  ['null', 'dc.json must hold an object, like { "profile": "sysv" }'],
])('%s is told in a line', (text, line) => {
  expect(lineFor(text)).toBe(line);
});

test('what is no JSON is told', () => {
  expect(lineFor('{ profile }')).toMatch(/^dc\.json is not JSON: /);
  expect(lineFor('')).toMatch(/^dc\.json is not JSON: /);
});

test('an unknown key names those there are', () => {
  expect(lineFor('{ "frobnicate": 1 }')).toMatch(
    /^dc\.json: there is no key 'frobnicate'; there are profile, /,
  );
  expect(lineFor('{ "__proto__": 1 }')).toContain("there is no key '__proto__'");
});

test('the usual file may be absent, a named one may not', () => {
  const directory = mkdtempSync(join(tmpdir(), 'config-file-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  expect(readConfig(null, directory)).toMatchObject({
    kind: 'understood',
    value: { texts: {}, flags: {} },
  });
  expect(readConfig('no.json', directory)).toEqual({
    kind: 'usage-error',
    line: 'no.json cannot be read (ENOENT); give another with --config FILE',
  });
  expect(readConfig('.', directory)).toEqual({
    kind: 'usage-error',
    line: '. cannot be read (EISDIR); give another with --config FILE',
  });
  writeFileSync(join(directory, 'daemon-conformance.json'), '{ "strict": true }');
  expect(readConfig(null, directory)).toMatchObject({
    kind: 'understood',
    value: { flags: { strict: true }, directory },
  });
});
