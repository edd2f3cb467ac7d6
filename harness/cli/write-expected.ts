/** `--write-expected`: what fails now goes into the configuration, so that from now on only what is new fails a run. */

import { resolve } from 'node:path';
import type { Config } from '../options/config-file.ts';
import { type ParseResult, understood } from '../options/usage-error.ts';
import type { Report } from '../report/report.ts';
import { openFile } from './destination.ts';

/** What stands in place of the reason until somebody writes one. */
export const openReason = 'it failed when this was written: say why, and until when';

export interface ExpectationsChange {
  readonly expectedFailures: Readonly<Record<string, string>>;
  readonly added: readonly string[];
  /** They were expected to fail, and pass. */
  readonly repaired: readonly string[];
}

/** Failures that count, beside those that were expected before and still fail; what was not judged stays expected. */
export function expectationsOf(
  { results }: Pick<Report, 'results'>,
  before: Readonly<Record<string, string>>,
): ExpectationsChange {
  const outcomes = new Map(results.map(({ id, outcome }) => [id, outcome]));
  const kept = Object.entries(before).filter(([id]) => outcomes.get(id) !== 'pass');
  const added = results.filter(({ counts, outcome }) => counts && outcome === 'fail').map(({ id }) => id);
  return {
    expectedFailures: Object.fromEntries([...kept, ...added.map((id) => [id, before[id] ?? openReason])]),
    added: added.filter((id) => before[id] === undefined),
    repaired: Object.keys(before).filter((id) => outcomes.get(id) === 'pass'),
  };
}

export interface ExpectationsFile {
  readonly name: string;
  /** Whatever else is in it stays as it is. @throws if it cannot be written */
  write(expectedFailures: Readonly<Record<string, string>>): Promise<void>;
}

/** Says what is wrong with the file before anything is launched. */
export function openExpectations(
  { file, written }: Pick<Config, 'file' | 'written'>,
  cwd: string,
): ParseResult<ExpectationsFile> {
  const opened = openFile(resolve(cwd, file), file);
  if (opened.kind === 'usage-error') return opened;
  return understood({
    name: file,
    write: (expectedFailures) =>
      opened.value.write(`${JSON.stringify({ ...written, expectedFailures }, null, 2)}\n`),
  });
}

/** `daemon-conformance.json: 3 more are expected to fail (...); give each its reason`, for standard error. */
export function expectationsLine(name: string, { added, repaired }: ExpectationsChange): string {
  const parts = [
    added.length === 0
      ? 'nothing more is expected to fail'
      : `${added.length} more ${added.length === 1 ? 'is' : 'are'} expected to fail (${added.join(', ')}); give each its reason`,
    ...(repaired.length === 0
      ? []
      : [`${repaired.join(', ')} passes now, and is no longer expected to fail`]),
  ];
  return `${name}: ${parts.join('; ')}`;
}
