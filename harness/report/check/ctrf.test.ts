import { validate } from 'ctrf';
import { describe, expect, test } from 'vitest';
import { failing } from '../golden/failing.ts';
import { immense } from '../golden/immense.ts';
import { every, golden } from '../golden/reports.ts';
import { renderCtrf } from './ctrf.ts';

describe.each(golden)('the %s report', (name, report) => {
  test('is told in the Common Test Report Format', async () => {
    await expect(renderCtrf(report)).toMatchFileSnapshot(`../golden/${name}.ctrf.json`);
  });
});

test.each(every)('its reference implementation finds the %s report valid', (_name, report) => {
  expect(validate(JSON.parse(renderCtrf(report)))).toEqual({ valid: true, errors: [] });
});

test('its reference implementation would see what is wrong', () => {
  expect(validate(JSON.parse(renderCtrf(failing).replaceAll('"duration": 0', '"duration": "0"'))).valid).toBe(
    false,
  );
});

test('every outcome has its status', () => {
  const { results } = JSON.parse(renderCtrf(failing)) as {
    readonly results: { readonly tests: readonly { readonly name: string; readonly status: string }[] };
  };
  expect(Object.fromEntries(results.tests.map(({ name, status }) => [name, status]))).toEqual({
    'run-state': 'passed',
    'session-leader': 'failed',
    'starter-return': 'failed',
    'terminal-descriptors': 'failed',
    'working-directory': 'other',
    'file-mode-creation-mask': 'failed',
    environment: 'other',
    'nice-value': 'other',
  });
});

test('no text in it holds a control character or half a character', () => {
  for (const [, report] of every) {
    JSON.parse(renderCtrf(report), (_key, value: unknown) => {
      if (typeof value === 'string') expect(value).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}|\p{Surrogate}/u);
      return value;
    });
  }
});

test('a megabyte is bounded', () => {
  expect(renderCtrf(immense).length).toBeLessThan(200_000);
});
