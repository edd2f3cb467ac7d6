/** The schemas of reports that hold other reports: of a batch, and of a comparison. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, inject, test } from 'vitest';
import { catalogue } from '../../suites/catalogue/catalogue.ts';
import { batch } from '../batch/batch.ts';
import { packageRoot } from '../package-root.ts';
import type { BatchReport } from './batch/report.ts';
import { compare, onlyDifferences } from './compare/compare.ts';
import type { ComparisonInput } from './compare/comparison.ts';
import { renderBatchJson, renderComparisonJson } from './compare/json.ts';
import { conforming } from './golden/conforming.ts';
import { failing } from './golden/failing.ts';
import { hostile } from './golden/hostile.ts';
import type { SuiteReport } from './suite/report.ts';

type Json = { readonly [key: string]: unknown };

const read = (path: string): unknown => JSON.parse(readFileSync(join(packageRoot, path), 'utf8'));
const report = read('harness/report/report.schema.json') as Json;
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, schemas: [report] });
const isBatch = ajv.compile(read('harness/report/batch-report.schema.json') as Json);
const isComparison = ajv.compile(read('harness/report/comparison.schema.json') as Json);

/** Why a text is none; nothing where it is one. */
function wrong(validate: typeof isBatch, text: string): unknown {
  return validate(JSON.parse(text)) ? [] : (validate.errors ?? []).slice(0, 5);
}

const ofAll: BatchReport = {
  schemaVersion: 1,
  kind: 'batch',
  tool: conforming.tool,
  platform: conforming.platform,
  shard: { index: 1, count: 2 },
  programs: [conforming, failing, hostile].map((each, i) => ({
    name: `program ${i}`,
    package: i === 0 ? null : 'pkg',
    command: each.program.argv,
    report: each,
  })),
  skipped: [{ name: 'absent', package: 'pkg', because: 'it is not here' }],
  unjudged: [{ name: 'broken', package: null, because: 'its setup failed' }],
  verdict: 'does-not-conform',
};

/** Every object in a value, by the path to it, without what a report holds. */
function objectsIn(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null || at.at(-1) === 'report') return [];
  const own = Array.isArray(value) ? [] : [at];
  return [...own, ...Object.entries(value).flatMap(([key, each]) => objectsIn(each, [...at, key]))];
}

function without(
  value: unknown,
  [first, ...rest]: readonly string[],
  change: (object: Json) => Json,
): unknown {
  if (first === undefined) return change(value as Json);
  if (Array.isArray(value)) {
    return value.map((each, i) => (String(i) === first ? without(each, rest, change) : each));
  }
  const object = value as Json;
  return { ...object, [first]: without(object[first], rest, change) };
}

/** The fix list of a column: comparisons of former versions do not have it. */
const isOptional = (at: readonly string[], key: string): boolean => at[0] === 'columns' && key === 'changes';

/** Every key is asked for, and no other is allowed. */
function refusesWhatDiffers(validate: typeof isBatch, text: string): void {
  const whole: unknown = JSON.parse(text);
  for (const at of objectsIn(whole)) {
    const keys: string[] = [];
    without(whole, at, (object) => {
      keys.push(...Object.keys(object));
      return object;
    });
    const allowed = keys.filter((missing) =>
      validate(
        without(whole, at, (object) =>
          Object.fromEntries(Object.entries(object).filter(([key]) => key !== missing)),
        ),
      ),
    );
    expect({ at, allowed }).toEqual({ at, allowed: keys.filter((key) => isOptional(at, key)) });
    expect({ at, more: validate(without(whole, at, (object) => ({ ...object, more: 1 }))) }).toEqual({
      at,
      more: false,
    });
  }
}

describe('batch-report.schema.json', () => {
  test('describes what a batch of real programs came to', async () => {
    const program = (name: string, argv: readonly [string, ...string[]], setup: readonly string[][]) => ({
      name,
      package: null,
      command: argv,
      setup,
      request: {
        argv,
        path: argv[0],
        cwd: '/',
        env: { PATH: '/bin:/usr/bin' },
        profile: 'sysv' as const,
        overrides: {},
        starts: ['clean' as const],
        only: ['session'],
        skip: [],
        strict: false,
        expectedFailures: {},
        timeoutMs: 10_000 * inject('pace').slowness,
        trace: true,
        keep: false,
      },
    });
    const made = await batch(catalogue, {
      programs: [
        program('sleep', ['/usr/bin/setsid', '-f', '/bin/sleep', '1000'], []),
        program('broken', ['/bin/true'], [['false']]),
      ],
      skipped: [{ name: 'absent', package: 'pkg', because: 'it is not here' }],
      shard: null,
      jobs: 2,
    });
    expect(made.programs.map(({ name }) => name)).toEqual(['sleep']);
    expect(wrong(isBatch, renderBatchJson(made))).toEqual([]);
    const compared = compare([{ kind: 'batch', file: 'b.json', report: made }]);
    if (compared.kind === 'refused') throw new Error(compared.because);
    expect(wrong(isComparison, renderComparisonJson(compared.comparison))).toEqual([]);
  });

  test('asks for every key, and allows no other', () => {
    expect(wrong(isBatch, renderBatchJson(ofAll))).toEqual([]);
    refusesWhatDiffers(isBatch, renderBatchJson(ofAll));
  });
});

describe('comparison.schema.json', () => {
  test('describes the scorecard', () => {
    expect(wrong(isComparison, JSON.stringify(read('reports/scorecard/scorecard.json')))).toEqual([]);
  });

  const suite = (name: string): ComparisonInput => ({
    kind: 'suite',
    file: name,
    report: read(`reports/${name}/syscalls.json`) as SuiteReport,
  });
  const platforms = ['linux-6.18-x64-glibc-2.36', 'linux-6.18-x64-glibc-2.36+musl-1.2.3'].map(suite);
  const [first] = platforms;
  const fewer: ComparisonInput[] =
    first?.kind === 'suite'
      ? [
          first,
          { ...first, file: 'b', report: { ...first.report, promises: first.report.promises.slice(1, 40) } },
        ]
      : [];

  test.each([
    ['programs', [{ kind: 'batch', file: 'b.json', report: ofAll }]],
    [
      'a program beside another',
      [conforming, failing].map((each) => ({ kind: 'check', file: 'x', report: each })),
    ],
    ['platforms', platforms],
    ['platforms of which one knows less', fewer],
  ] as readonly (readonly [string, readonly ComparisonInput[]])[])('describes %s', (_name, reports) => {
    const compared = compare(reports);
    if (compared.kind === 'refused') throw new Error(compared.because);
    for (const comparison of [compared.comparison, onlyDifferences(compared.comparison)]) {
      expect(wrong(isComparison, renderComparisonJson(comparison))).toEqual([]);
    }
    const few = { ...compared.comparison, rows: compared.comparison.rows.slice(0, 3) };
    refusesWhatDiffers(isComparison, JSON.stringify(few));
  });
});
