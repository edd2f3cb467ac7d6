import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { expect, test } from 'vitest';
import { startNames } from '../facts/start-state.ts';
import { profileNames } from '../judge/profile.ts';
import { configKeys, parseConfig } from './config-file.ts';

const schema = JSON.parse(readFileSync(join(__dirname, '../cli/config.schema.json'), 'utf8'));
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

test('the schema knows the keys that the reader accepts, and no others', () => {
  expect(Object.keys(schema.properties).sort()).toEqual([...configKeys].sort());
});

test('the schema knows every profile and every start state', () => {
  expect(schema.properties.profile.enum).toEqual(profileNames);
  expect(schema.properties.start.items.enum).toEqual(startNames);
});

const everything = {
  $schema: 'node_modules/daemon-conformance/harness/cli/config.schema.json',
  profile: 'apue',
  start: ['clean'],
  only: ['session'],
  skip: [],
  strict: true,
  'fail-on': 'never',
  timeout: 3,
  'stop-timeout': '3s',
  deadline: '2m',
  repeat: 30,
  isolation: 'none',
  lang: 'python',
  umask: '022',
  cwd: './data',
  stdio: 'null',
  user: 'nobody',
  leader: 'may',
  pidfile: 'x.pid',
  reload: true,
  trace: true,
  notify: true,
  'terminal-arg': '--log={}',
  'directory-arg': '--workdir={}',
  ready: 'test -e x.sock',
  'failing-args': '-c /no/such/file',
  'foreground-args': '',
  created: ['data'],
  expectedFailures: { session: 'issue 17' },
};

test('what says everything is valid, and understood', () => {
  expect(Object.keys(everything).sort()).toEqual([...configKeys].sort());
  expect(validate(everything)).toBe(true);
  expect(parseConfig(JSON.stringify(everything), 'dc.json', '/srv').kind).toBe('understood');
});

test.each([
  [{ umask: 22 }],
  [{ start: 'clean' }],
  [{ only: [1] }],
  [{ strict: 'yes' }],
  [{ created: '/srv' }],
  [{ ready: true }],
  [{ 'failing-args': ['-x'] }],
  [{ expectedFailures: { session: '' } }],
  [{ frobnicate: 1 }],
  [{ $schema: 1 }],
  [[]],
])('%j is neither valid nor understood', (config) => {
  expect(validate(config)).toBe(false);
  expect(parseConfig(JSON.stringify(config), 'dc.json', '/srv').kind).toBe('usage-error');
});
