import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
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

/** Every object schema, by where it stands. */
function objectSchemas(node: unknown, at: string): { readonly at: string; readonly object: Schema }[] {
  if (Array.isArray(node)) return node.flatMap((each, index) => objectSchemas(each, `${at}/${index}`));
  if (!isObject(node)) return [];
  const here = node.type === 'object' ? [{ at, object: node }] : [];
  return [...here, ...Object.entries(node).flatMap(([key, each]) => objectSchemas(each, `${at}/${key}`))];
}

test('the schemas are those that the types of the reports make: npm run catalogue', () => {
  const { stderr, status } = spawnSync(process.execPath, ['build/schemas.mjs', '--check'], {
    cwd: packageRoot,
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});

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
