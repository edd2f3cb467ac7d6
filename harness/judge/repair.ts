/** What to change in a program, in the order of the steps of becoming a daemon, and which failures that repairs. Pure. */

import type { Level, Result, Source } from '../facts/result.ts';
import type { Run } from '../facts/run.ts';
import { levels } from './profile.ts';

export const languages = ['c', 'python', 'go', 'rust', 'perl', 'ruby', 'node', 'sh'] as const;
export type Language = (typeof languages)[number];

/** One edit of a program. */
export interface Repair {
  readonly id: string;
  /** What to do, as a sentence. */
  readonly change: string;
  /** Ids of the requirements that fail for want of this. */
  readonly repairs: readonly string[];
  /** Those that fail for want of this or of something else: they call for this edit only where no other is called for. */
  readonly mayRepair?: readonly string[];
  /** Ids of the requirements that hold now and would fail once this is done: the edits for them are called for with it. */
  readonly endangers?: readonly string[];
}

/** How one language says it, by the id of the repair: places in the program, each with its lines. */
export interface LanguageGuide {
  /** Where the calls of the code are described. */
  readonly sources: readonly Source[];
  readonly code: Readonly<Record<string, readonly string[]>>;
  /** Lines at the top of the file that the code needs, by the id of the repair: headers, imports. */
  readonly top?: Readonly<Record<string, readonly string[]>>;
  /** Repairs that are one edit in this language, under the id of the first. */
  readonly together?: { readonly ids: readonly string[]; readonly change: string };
}

export interface RepairGuide {
  /** In the order in which a program takes the steps. */
  readonly repairs: readonly Repair[];
  readonly languages: Readonly<Record<Language, LanguageGuide>>;
  /** The option that declares what was found as meant, by requirement; null where nothing fixed was found. */
  readonly declarable: Readonly<Record<string, (result: Result, runs: readonly Run[]) => string | null>>;
}

/** An edit that is called for by what failed. */
export interface Change {
  readonly change: string;
  /** The highest level among what it repairs. */
  readonly level: Level;
  /** Ids of the failed requirements it repairs. */
  readonly repairs: readonly string[];
  /** Ids of requirements that hold now, and would fail after the changes before this one. */
  readonly keeps?: readonly string[];
  /** Options that declare what was found, where it is meant: `--umask 027`. */
  readonly declare: readonly string[];
  readonly language: Language | null;
  /** The lines to write, a text for each place in the program; empty where the language has none. */
  readonly code: readonly string[];
}

/** An edit as one language says it. */
export interface LanguageEdit {
  readonly change: string;
  /** Lines at the top of the file that the code needs. */
  readonly top: readonly string[];
  readonly code: readonly string[];
}

interface Edit extends LanguageEdit {
  /** Where it stands among the steps. */
  readonly order: number;
  readonly failed: Result[];
  readonly kept: Result[];
}

/** The edit that a requirement calls for where nothing else fails; null where its remedy is its own. */
export function editFor(
  requirement: string,
  { repairs, languages: guides }: Pick<RepairGuide, 'repairs' | 'languages'>,
  language: Language,
): (LanguageEdit & Pick<LanguageGuide, 'sources'>) | null {
  const repair = repairOf(requirement, repairs, new Set());
  const guide = guides[language];
  if (repair === null) return null;
  return { ...editOf(idIn(guide, repair.id), repairs, guide), sources: guide.sources };
}

/** The edits that repair every unexpected failure, each failure under one of them, musts first. */
export function fixList(
  results: readonly Result[],
  runs: readonly Run[],
  { repairs, languages: guides, declarable }: RepairGuide,
  language: Language,
): readonly Change[] {
  const guide = guides[language];
  const failed = results.filter(
    ({ outcome, expectedFailure }) => outcome === 'fail' && expectedFailure === null,
  );
  const edits = new Map<string, Edit>();
  const calledFor = new Set(
    repairs.filter((each) => failed.some(({ id }) => each.repairs.includes(id))).map(({ id }) => id),
  );
  const editOfResult = (result: Result): Edit => {
    const repair = repairOf(result.id, repairs, calledFor);
    const key = repair === null ? result.remedy : idIn(guide, repair.id);
    const edit =
      edits.get(key) ?? (repair === null ? ownEdit(result, repairs.length) : editOf(key, repairs, guide));
    edits.set(key, edit);
    return edit;
  };
  for (const result of failed) editOfResult(result).failed.push(result);
  for (const result of endangered(results, repairs, calledFor)) editOfResult(result).kept.push(result);
  const said = new Set<string>();
  return [...edits.values()]
    .map((edit) => ({ edit, level: levelOf(edit) }))
    .sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level) || a.edit.order - b.edit.order)
    .map(({ edit, level }) => {
      const top = edit.top.filter((line) => !said.has(line));
      for (const line of top) said.add(line);
      return changeOf({ ...edit, top }, level, runs, declarable, language);
    });
}

/** What passes only for want of an edit that is called for. */
function endangered(
  results: readonly Result[],
  repairs: readonly Repair[],
  calledFor: ReadonlySet<string>,
): readonly Result[] {
  const ids = repairs.flatMap(({ id, endangers = [] }) => (calledFor.has(id) ? endangers : []));
  return results.filter(({ id, outcome }) => outcome === 'pass' && ids.includes(id));
}

function levelOf({ failed, kept }: Edit): Level {
  return levels.find((level) => [...failed, ...kept].some((each) => each.level === level)) ?? 'may';
}

function repairOf(id: string, repairs: readonly Repair[], calledFor: ReadonlySet<string>): Repair | null {
  const certain = repairs.find((each) => each.repairs.includes(id));
  if (certain !== undefined) return certain;
  const possible = repairs.filter(({ mayRepair = [] }) => mayRepair.includes(id));
  // The later step is the narrower one: what a step leaves undone, those after it may still do.
  return possible.findLast((each) => calledFor.has(each.id)) ?? possible[0] ?? null;
}

function idIn(guide: LanguageGuide, id: string): string {
  const ids = guide.together?.ids ?? [];
  return ids.includes(id) ? (ids[0] ?? id) : id;
}

function editOf(id: string, repairs: readonly Repair[], guide: LanguageGuide): Edit {
  const order = repairs.findIndex((each) => each.id === id);
  const together = guide.together?.ids[0] === id ? guide.together.change : null;
  return {
    order,
    change: together ?? repairs[order]?.change ?? '',
    top: guide.top?.[id] ?? [],
    code: guide.code[id] ?? [],
    failed: [],
    kept: [],
  };
}

/** A failure that no step repairs has its own remedy. */
function ownEdit({ remedy }: Result, order: number): Edit {
  return { order, change: remedy, top: [], code: [], failed: [], kept: [] };
}

function changeOf(
  { change, top, code, failed, kept }: Edit,
  level: Level,
  runs: readonly Run[],
  declarable: RepairGuide['declarable'],
  language: Language,
): Change {
  return {
    change,
    level,
    repairs: failed.map(({ id }) => id),
    ...(kept.length === 0 ? {} : { keeps: kept.map(({ id }) => id) }),
    declare: [...failed, ...kept].flatMap((each) => declarable[each.id]?.(each, runs) ?? []),
    language: code.length === 0 ? null : language,
    code: top.length === 0 ? code : [top.join('\n'), ...code],
  };
}
