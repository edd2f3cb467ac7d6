/**
 * Reports side by side: programs x requirements for checks, platforms x promises for suites. Pure.
 *
 * Every column is judged by its own profile. Where that does not ask for a requirement, there is nothing to differ:
 * only outcomes that were judged are held against each other, and so are kinds, whatever was expected of them.
 */

import type { Result } from '../../facts/result.ts';
import { profileNames } from '../../judge/profile.ts';
import { quoteCommand } from '../escape/quote-command.ts';
import type { Report } from '../report.ts';
import type { PromiseResult } from '../suite/report.ts';
import {
  type Cell,
  type Compare,
  type Comparison,
  type ComparisonBase,
  type ComparisonInput,
  comparisonSchemaVersion,
  type PlatformColumn,
  type PlatformComparison,
  type ProgramCell,
  type ProgramColumn,
  type ProgramComparison,
  type PromiseCell,
  type Row,
} from './comparison.ts';

export function compare(reports: readonly ComparisonInput[]): Compare {
  const suites = reports.filter((each) => each.kind === 'suite');
  const others = reports.filter((each) => each.kind !== 'suite');
  const [suite] = suites;
  const [other] = others;
  if (suite !== undefined && other !== undefined) {
    return {
      kind: 'refused',
      because: `${suite.file} tells of a platform and ${other.file} of programs: compare like with like`,
    };
  }
  if (suite === undefined) return { kind: 'comparison', comparison: comparePrograms(others) };
  const stranger = suites.find(({ report }) => report.suite !== suite.report.suite);
  if (stranger !== undefined) {
    return {
      kind: 'refused',
      because: `${suite.file} is of the suite ${suite.report.suite} and ${stranger.file} of ${stranger.report.suite}`,
    };
  }
  return { kind: 'comparison', comparison: comparePlatforms(suites) };
}

/** The differing rows alone; the counts still tell of all. */
export function onlyDifferences(comparison: Comparison): Comparison {
  return comparison.of === 'programs'
    ? { ...comparison, rows: comparison.rows.filter(({ differs }) => differs) }
    : { ...comparison, rows: comparison.rows.filter(({ differs }) => differs) };
}

interface Program {
  readonly file: string;
  /** Name in its batch, or that of the program. */
  readonly name: string;
  readonly command: string;
  readonly package: string | null;
  readonly report: Report;
}

type OfPrograms = Extract<ComparisonInput, { kind: 'check' | 'batch' }>;

function programsOf(reports: readonly OfPrograms[]): readonly Program[] {
  const found = reports.flatMap((each): readonly Program[] => {
    if (each.kind === 'batch') {
      return each.report.programs.map(({ name, command, package: from, report }) => ({
        file: each.file,
        name,
        command: quoteCommand(command),
        package: from,
        report,
      }));
    }
    const { argv, pid } = each.report.program;
    const name = (argv[0] ?? '').replace(/.*\/(?=.)/s, '') || `process ${pid ?? ''}`;
    return [{ file: each.file, name, command: quoteCommand(argv), package: null, report: each.report }];
  });
  // The same program on several platforms stands side by side.
  const names = [...new Set(found.map(({ name }) => name))];
  return names.flatMap((name) => found.filter((each) => each.name === name));
}

function comparePrograms(reports: readonly OfPrograms[]): ProgramComparison {
  const programs = programsOf(reports);
  const names = distinctNames(programs, [
    ({ name }) => name,
    ({ report }) => report.platform.id,
    ({ report }) => report.profile,
    ({ command }) => command,
    ({ file }) => file,
  ]);
  const columns = programs.map(({ command, package: from, report }, i): ProgramColumn => {
    const { platform, profile, strict, verdict, summary, results } = report;
    const failed = results.filter(
      ({ outcome, counts, expectedFailure }) => outcome === 'fail' && counts && expectedFailure === null,
    );
    return {
      name: names[i] ?? '',
      command,
      package: from,
      platform: platform.id,
      ...{ profile, strict, verdict, summary },
      failed: failed.map(({ id }) => id),
      conformsTo: profileNames.filter((name) => report.profiles[name]?.verdict === 'conforms'),
      changes: report.changes,
    };
  });
  const rows = rowsOf(
    programs.map(({ report }) => report.results),
    { cellOf: programCell, comparable: judgedOutcome, titled: ({ outcome }) => outcome !== 'fail' },
  );
  const without = reports.flatMap((each) =>
    each.kind === 'batch' ? [...each.report.skipped, ...each.report.unjudged] : [],
  );
  return {
    ...common(rows, notesOn(columns)),
    of: 'programs',
    columns,
    rows: differencesFirst(rows),
    without,
  };
}

function programCell(result: Result): ProgramCell {
  const { outcome, level, counts, expectedFailure, expected, actual, because } = result;
  const found = expected === null || actual === null ? because : `expected ${expected}; actual ${actual}`;
  return { kind: 'outcome', outcome, level, counts, expectedFailure, detail: found };
}

function judgedOutcome(cell: ProgramCell): string | null {
  return cell.outcome === 'inapplicable' ? null : cell.outcome;
}

function notesOn(columns: readonly ProgramColumn[]): readonly string[] {
  const profiles = [...new Set(columns.map(({ profile }) => profile))];
  const strict = [...new Set(columns.map((column) => column.strict))];
  return [
    ...(profiles.length < 2
      ? []
      : [
          `Profiles differ (${profiles.join(', ')}): every column is judged by its own, and a requirement that a profile does not ask for is no difference.`,
        ]),
    ...(strict.length < 2
      ? []
      : ['Some columns are judged strictly, others are not: verdicts differ for that alone.']),
  ];
}

type OfPlatforms = Extract<ComparisonInput, { kind: 'suite' }>;

function comparePlatforms(reports: readonly OfPlatforms[]): PlatformComparison {
  const names = distinctNames(reports, [
    ({ report }) => report.platform.id,
    ({ report }) => report.platform.examinedLibc,
    ({ file }) => file,
  ]);
  const columns = reports.map(({ report }, i): PlatformColumn => {
    const { platform, suite, summary } = report;
    return { name: names[i] ?? '', platform: platform.id, libc: platform.examinedLibc, suite, summary };
  });
  const rows = rowsOf(
    reports.map(({ report }) => report.promises),
    { cellOf: promiseCell, comparable: triedKind, titled: () => true },
  );
  return { ...common(rows, []), of: 'platforms', columns, rows: differencesFirst(rows) };
}

/** What was not tried, for want of the call or of the means, has no kind that could differ. */
function triedKind({ seen, verdict }: PromiseCell): string | null {
  return verdict === 'unsupported' ? null : seen;
}

function promiseCell({ kind, verdict, seen }: PromiseResult): PromiseCell {
  return { kind: 'promise', seen: kind, verdict, detail: seen };
}

interface TitledRow {
  readonly id: string;
  readonly title: string;
}

interface Reading<T, C> {
  readonly cellOf: (item: T) => C;
  /** What is held against the other columns; null: nothing. */
  readonly comparable: (cell: C) => string | null;
  /** Its title is that of the row: a failed result has one that says what is wrong. */
  readonly titled: (item: T) => boolean;
}

function rowsOf<T extends TitledRow, C extends Cell>(
  columns: readonly (readonly T[])[],
  { cellOf, comparable, titled }: Reading<T, C>,
): readonly Row<C>[] {
  const found = columns.map((items) => new Map(items.map((item) => [item.id, item])));
  const titles = new Map<string, string>();
  for (const item of columns.flat()) if (!titles.has(item.id)) titles.set(item.id, item.title);
  for (const item of columns.flat().filter(titled)) titles.set(item.id, item.title);
  return [...titles].map(([id, title]) => {
    const cells = found.map((items) => {
      const item = items.get(id);
      return item === undefined ? null : cellOf(item);
    });
    const values = new Set(
      cells.flatMap((cell) => {
        const value = cell === null ? null : comparable(cell);
        return value === null ? [] : [value];
      }),
    );
    return { id, title, differs: values.size > 1, cells: cells.map((cell) => cell ?? { kind: 'absent' }) };
  });
}

function differencesFirst<C extends Cell>(rows: readonly Row<C>[]): readonly Row<C>[] {
  return [...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)];
}

function common(rows: readonly Row<Cell>[], notes: readonly string[]): ComparisonBase {
  return {
    schemaVersion: comparisonSchemaVersion,
    kind: 'comparison',
    notes,
    total: rows.length,
    different: rows.filter(({ differs }) => differs).length,
  };
}

/** The fewest traits that tell all apart: what is the same for all says nothing, unless it is all there is. */
function distinctNames<T>(items: readonly T[], traits: readonly ((item: T) => string)[]): readonly string[] {
  const telling = traits.filter((trait) => new Set(items.map(trait)).size > 1);
  const [baselineRun] = traits;
  if (telling.length === 0) return baselineRun === undefined ? [] : items.map(baselineRun);
  for (let count = 1; count <= telling.length; count++) {
    const names = items.map((item) =>
      telling
        .slice(0, count)
        .map((trait) => trait(item))
        .join(' · '),
    );
    if (new Set(names).size === items.length) return names;
  }
  return items.map((item, i) => `${i + 1} · ${telling.map((trait) => trait(item)).join(' · ')}`);
}
