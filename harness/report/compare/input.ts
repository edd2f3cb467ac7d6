/** A report as it comes from a file: JSON text in, a report or the reason why it is none out. Pure. */

import { levels, profileNames } from '../../judge/profile.ts';
import { type BatchReport, batchSchemaVersion } from '../batch/report.ts';
import { type Report, schemaVersion } from '../report.ts';
import { promiseVerdicts, type SuiteReport, suiteSchemaVersion } from '../suite/report.ts';
import type { ComparisonInput } from './comparison.ts';

export type ParsedInput = ComparisonInput | { readonly kind: 'refused'; readonly because: string };

type JsonObject = Readonly<Record<string, unknown>>;

const kinds = ['check', 'suite', 'batch'] as const;
type Kind = (typeof kinds)[number];

const current: Readonly<Record<Kind, number>> = {
  check: schemaVersion,
  suite: suiteSchemaVersion,
  batch: batchSchemaVersion,
};

/** @param file as the user knows it; every reason begins with it */
export function parseReport(text: string, file: string): ParsedInput {
  const refused = (because: string): ParsedInput => ({ kind: 'refused', because: `${file} ${because}` });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (thrown) {
    // The message may quote the text over several lines.
    const why = thrown instanceof Error ? thrown.message.replace(/\s+/g, ' ') : String(thrown);
    return refused(`is not JSON: ${why}`);
  }
  const kind = kindOf(parsed);
  if (kind === null) return refused('is no report of a check, a suite or a batch');
  const { schemaVersion: version } = parsed as JsonObject;
  if (version !== current[kind]) {
    return refused(
      `has schema version ${JSON.stringify(version) ?? 'none'}, and this program reads ${current[kind]}: write it anew with this version`,
    );
  }
  switch (kind) {
    case 'check':
      return isCheck(parsed) ? { kind, file, report: parsed } : refused(incomplete(kind));
    case 'suite':
      return isSuite(parsed) ? { kind, file, report: parsed } : refused(incomplete(kind));
    case 'batch':
      return isBatch(parsed) ? { kind, file, report: parsed } : refused(incomplete(kind));
  }
}

function incomplete(kind: Kind): string {
  return `says it is the report of a ${kind}, but lacks what one holds`;
}

function kindOf(value: unknown): Kind | null {
  if (!isObject(value) || !('schemaVersion' in value)) return null;
  if (value.kind !== undefined) return kinds.find((kind) => kind === value.kind) ?? null;
  return 'results' in value ? 'check' : null;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNull = (value: unknown): boolean => value === null || isText(value);
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

function isOneOf(value: unknown, words: readonly string[]): boolean {
  return isText(value) && words.includes(value);
}

function every(value: unknown, holds: (each: JsonObject) => boolean): boolean {
  return Array.isArray(value) && value.every((each) => isObject(each) && holds(each));
}

const outcomes = ['pass', 'fail', 'inconclusive', 'inapplicable'] as const;
const verdicts = ['conforms', 'does-not-conform', 'not-judged', 'not-applicable'] as const;

function counts(value: unknown, names: readonly string[]): boolean {
  return isObject(value) && names.every((name) => Number.isSafeInteger(value[name]));
}

function isPlatform(value: unknown): boolean {
  return isObject(value) && ['id', 'os', 'release', 'arch', 'libc'].every((name) => isText(value[name]));
}

/** What a comparison reads of it is there; the rest is as its schema says, or nobody looks. */
function isCheck(value: unknown): value is Report {
  return (
    isObject(value) &&
    isPlatform(value.platform) &&
    isObject(value.program) &&
    isTexts(value.program.argv) &&
    isOneOf(value.profile, profileNames) &&
    typeof value.strict === 'boolean' &&
    isOneOf(value.verdict, verdicts) &&
    counts(value.summary, outcomes) &&
    isObject(value.profiles) &&
    Object.values(value.profiles).every((each) => isObject(each) && isOneOf(each.verdict, verdicts)) &&
    every(
      value.results,
      (result) =>
        isText(result.id) &&
        isText(result.title) &&
        isOneOf(result.outcome, outcomes) &&
        (result.level === null || isOneOf(result.level, levels)) &&
        typeof result.counts === 'boolean' &&
        [result.expectedFailure, result.expected, result.actual, result.because].every(isTextOrNull),
    )
  );
}

function isSuite(value: unknown): value is SuiteReport {
  return (
    isObject(value) &&
    isText(value.suite) &&
    isPlatform(value.platform) &&
    isObject(value.platform) &&
    isText(value.platform.examinedLibc) &&
    counts(value.summary, promiseVerdicts) &&
    every(
      value.promises,
      (promise) =>
        [promise.id, promise.title, promise.kind, promise.seen].every(isText) &&
        isOneOf(promise.verdict, promiseVerdicts),
    )
  );
}

function isShard(value: unknown): boolean {
  return value === null || counts(value, ['index', 'count']);
}

function isBatch(value: unknown): value is BatchReport {
  const isNamed = (each: JsonObject): boolean => isText(each.name) && isTextOrNull(each.package);
  const isWithout = (each: JsonObject): boolean => isNamed(each) && isText(each.because);
  return (
    isObject(value) &&
    isPlatform(value.platform) &&
    isObject(value.tool) &&
    isText(value.tool.version) &&
    isShard(value.shard) &&
    every(value.programs, (each) => isNamed(each) && isTexts(each.command) && isCheck(each.report)) &&
    every(value.skipped, isWithout) &&
    every(value.unjudged, isWithout)
  );
}
