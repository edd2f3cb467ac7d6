import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { expect, test } from 'vitest';
import { startNames } from '../facts/start-state.ts';
import { profileNames } from '../judge/profile.ts';
import { configKeys, parseConfig } from './config-file.ts';
import { option, optionNames } from './table.ts';

const schema = JSON.parse(readFileSync(join(__dirname, '../cli/config.schema.json'), 'utf8'));
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

test('the schema knows the keys that the reader accepts, and no others', () => {
  expect(Object.keys(schema.properties).sort()).toEqual([...configKeys].sort());
});

test('the schema knows every profile and every start state', () => {
  expect(schema.properties.profile.enum).toEqual(profileNames);
  expect(schema.properties.start.items.enum).toEqual(startNames);
});

/** As the manual page shows each key. */
const examples = optionNames.flatMap((name) => {
  const { config } = option(name);
  return config === undefined ? [] : [[name, JSON.parse(config.example)]];
});
const everything = {
  ...Object.fromEntries(examples),
  $schema: 'node_modules/daemon-conformance/harness/cli/config.schema.json',
  expectedFailures: { session: 'issue 17' },
};

test.each([
  ['what says everything', everything],
  ['a number in place of its text', { timeout: 3, 'stop-timeout': 0.5, deadline: 120, repeat: 30 }],
  ['an empty list or text', { skip: [], 'foreground-args': '' }],
])('%s is valid, and understood', (_, config) => {
  expect(validate(config)).toBe(true);
  expect(parseConfig(JSON.stringify(config), 'dc.json', '/srv').kind).toBe('understood');
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
