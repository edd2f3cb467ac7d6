import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { dimensionNames, startNames } from '../facts/start-state.ts';
import { profileNames } from '../judge/profile.ts';
import { renderJson } from './check/json.ts';
import { conforming } from './golden/conforming.ts';
import { failing } from './golden/failing.ts';
import { forking } from './golden/forking.ts';
import { hostile } from './golden/hostile.ts';

type Schema = { readonly [key: string]: unknown };

const schema = JSON.parse(readFileSync(join(__dirname, 'report.schema.json'), 'utf8')) as Schema;
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);

const goldens: readonly unknown[] = [conforming, failing, forking, hostile].map((report) =>
  JSON.parse(renderJson(report)),
);

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function follow(node: unknown): unknown {
  if (!isObject(node) || typeof node.$ref !== 'string') return node;
  const [, , name = ''] = node.$ref.split('/');
  return isObject(schema.$defs) ? schema.$defs[name] : undefined;
}

/** Every object schema, by where it stands. */
function objectSchemas(node: unknown, at: string): { readonly at: string; readonly object: Schema }[] {
  if (Array.isArray(node)) return node.flatMap((each, index) => objectSchemas(each, `${at}/${index}`));
  if (!isObject(node)) return [];
  const here = node.type === 'object' ? [{ at, object: node }] : [];
  return [...here, ...Object.entries(node).flatMap(([key, each]) => objectSchemas(each, `${at}/${key}`))];
}

/** Keys of the goldens that have ever stood at an object schema. */
function keysSeen(): ReadonlyMap<Schema, Set<string>> {
  const seen = new Map<Schema, Set<string>>();
  const walk = (value: unknown, unresolved: unknown): void => {
    const node = follow(unresolved);
    if (!isObject(node)) return;
    if (Array.isArray(node.oneOf)) for (const branch of node.oneOf) walk(value, branch);
    if (Array.isArray(value)) for (const each of value) walk(each, node.items);
    if (!isObject(value)) return;
    if (isObject(node.additionalProperties))
      for (const each of Object.values(value)) walk(each, node.additionalProperties);
    if (!isObject(node.properties)) return;
    // A branch of a union that this value is not, told apart by its constants and by its required keys.
    const properties = node.properties;
    const fits = Object.entries(properties).every(
      ([key, property]) => !isObject(property) || !('const' in property) || property.const === value[key],
    );
    const required = Array.isArray(node.required) ? node.required : [];
    if (!fits || !required.every((key) => key in value)) return;
    const keys = seen.get(node) ?? new Set();
    seen.set(node, keys);
    for (const [key, each] of Object.entries(value)) {
      keys.add(key);
      walk(each, properties[key]);
    }
  };
  for (const golden of goldens) walk(golden, schema);
  return seen;
}

function allowedToBeAbsent(at: string): readonly string[] {
  if (at.endsWith('/established')) return dimensionNames;
  if (at.endsWith('/starts')) return startNames;
  // Only what was traced has steps.
  if (at === '#/$defs/run') return ['trace'];
  // Only in a world of its own a process has another ID.
  if (at === '#/$defs/remaining' || at === '#/$defs/notifications') return ['inside'];
  return at === '#/$defs/result' ? ['area', 'step'] : [];
}

describe('report.schema.json', () => {
  test.each([
    ['conforming', 0],
    ['failing', 1],
    ['hostile', 2],
  ])('describes the %s report', (_name, index) => {
    validate(goldens[index]);
    expect(validate.errors ?? []).toEqual([]);
  });

  test('allows no key it does not name', () => {
    const open = objectSchemas(schema, '#').filter(
      ({ object }) => object.additionalProperties !== false && !isObject(object.additionalProperties),
    );
    expect(open.map(({ at }) => at)).toEqual([]);
    const [golden] = goldens;
    expect(validate({ ...(golden as object), environment: {} })).toBe(false);
  });

  test('asks for every key, but for a start state, a dimension, a trace and what only the BSDs say', () => {
    const onBsd = ['absent', 'ignoredOrDefault'];
    for (const { at, object } of objectSchemas(schema, '#')) {
      if (!isObject(object.properties)) continue;
      const optional = Object.keys(object.properties).filter(
        (key) => !(object.required as readonly string[]).includes(key),
      );
      expect({ at, optional: optional.filter((key) => !onBsd.includes(key)) }).toEqual({
        at,
        optional: allowedToBeAbsent(at),
      });
    }
  });

  // The goldens are literals of the TypeScript types, which neither lack a key nor have one too many.
  test('has the keys of the TypeScript types', () => {
    const seen = keysSeen();
    for (const [node, keys] of seen) {
      const { required } = node;
      expect([...keys].filter((key) => isObject(node.properties) && !(key in node.properties))).toEqual([]);
      expect((required as readonly string[]).filter((key) => !keys.has(key))).toEqual([]);
    }
    // The kinds of policy that no golden has are the only objects never seen.
    const unseen = objectSchemas(schema, '#').filter(
      ({ object }) => isObject(object.properties) && !seen.has(object),
    );
    expect(unseen.map(({ at }) => at)).toEqual([
      '#/$defs/policy/properties/fileModeCreationMask/oneOf/0',
      '#/$defs/policy/properties/fileModeCreationMask/oneOf/1',
      '#/$defs/policy/properties/workingDirectory/oneOf/0',
      '#/$defs/policy/properties/workingDirectory/oneOf/1',
      '#/$defs/policy/properties/standardStreams/oneOf/0',
    ]);
  });

  test('knows every profile, start state and dimension', () => {
    const defs = schema.$defs as { readonly [name: string]: Schema };
    expect(defs.profileName?.enum).toEqual([...profileNames]);
    expect(defs.startName?.enum).toEqual([...startNames]);
    expect(
      Object.keys(
        (schema.properties as { readonly profiles: { readonly properties: object } }).profiles.properties,
      ),
    ).toEqual([...profileNames]);
  });
});

test('hostile text makes JSON that is valid UTF-8 without an escaped surrogate', () => {
  const json = renderJson(hostile);
  expect(Buffer.from(json, 'utf8').toString('utf8')).toBe(json);
  expect(json).not.toMatch(/\\ud[89a-f]/i);
  expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(hostile).replaceAll('\\ud800', '\\ufffd')));
});

test('JSON ends with a newline', () => {
  expect(renderJson(conforming).endsWith('}\n')).toBe(true);
});
