/** `daemon-conformance explain [ID]`: one requirement, who says it, and the lines that repair it; without one, what there is to explain. */

import { profileNames } from '../judge/profile.ts';
import { type Language, languages } from '../judge/repair.ts';
import type { Requirement } from '../judge/requirement.ts';
import type { Invocation } from '../options/arguments.ts';
import { choose } from '../options/choice.ts';
import { didYouMean } from '../options/near-miss.ts';
import { wrap } from '../report/fit.ts';
import { coloured, type Paint, uncoloured } from '../report/paint.ts';
import { complain } from './complaint.ts';
import { usageErrorStatus } from './exit-status.ts';
import type { Io } from './io.ts';
import type { Services } from './services.ts';
import { readColor, viewOf } from './view.ts';

interface ExplainView {
  readonly width: number;
  readonly paint: Paint;
}

export async function explain({ given, operands }: Invocation, io: Io, services: Services): Promise<number> {
  const usageFailed = async (line: string): Promise<number> => {
    await complain(io, line);
    return usageErrorStatus;
  };
  const [word, another] = operands;
  if (another !== undefined)
    return usageFailed(`explain takes one requirement, and '${another}' is one word too many`);
  const color = readColor(given);
  if (color.kind === 'usage-error') return usageFailed(color.line);
  const language = choose(given.lang?.at(-1) ?? 'c', languages, { of: '--lang', noun: 'language' });
  if (language.kind === 'usage-error') return usageFailed(language.line);
  if (word === undefined && given.lang !== undefined)
    return usageFailed('--lang asks for the lines that repair a requirement, and none was named');
  const { isTTY, columns } = io.stdout;
  const { width, color: isColoured } = viewOf(isTTY ? { columns } : null, color.value, given, io.env);
  const view = { width, paint: isColoured ? coloured : uncoloured };

  if (word === undefined) {
    await io.stdout.write(renderAreas(await services.requirements(), view));
    return 0;
  }
  const requirements = await services.requirements();
  const requirement = requirements.find(({ id }) => id === word);
  if (requirement === undefined) {
    const meant = didYouMean(
      word,
      requirements.map(({ id }) => id),
    );
    return usageFailed(`there is no requirement '${word}'${meant || '; list shows them'}`);
  }
  let promises: SupportingPromises | string;
  try {
    promises = await services.promisesBehind(word);
  } catch (error) {
    // They are declared beside the calls they make, which this system may lack; all else can be told.
    promises = `cannot be listed here: ${error instanceof Error ? error.message : error}`;
  }
  const edit = await services.editFor(word, language.value);
  await io.stdout.write(
    renderExplanation(requirement, promises, view) + renderEdit(edit, language.value, view),
  );
  return 0;
}

const label = 10;

type SupportingPromises = Awaited<ReturnType<Services['promisesBehind']>>;

export function renderExplanation(
  requirement: Requirement,
  promises: SupportingPromises | string,
  view: ExplainView,
): string {
  const { id, title, failureTitle, why, remedy, sources, levels, starts, restsOn, failsWith } = requirement;
  const asked = profileNames.flatMap((name) =>
    levels[name] === undefined ? [] : [`${name} ${levels[name]}`],
  );
  const lines = [
    `${view.paint.strong(id)}: ${title}`,
    '',
    ...field('fails as', [failureTitle], view),
    ...field('why', [why], view),
    ...field('remedy', [remedy], view),
    ...field('levels', [asked.join(', ')], view),
    ...field(
      'sources',
      sources.map(({ work, at }) => `${work}, ${at}`),
      view,
    ),
    ...field('starts', [startsOf(requirement, starts)], view),
    ...field('facts', [factsOf(requirement)], view),
    ...field('rests on', restsOn === undefined ? [] : [restsOn.join(', ')], view),
    ...field(
      'promises',
      typeof promises === 'string' ? [promises] : promises.map(({ id, title }) => `${id}: ${title}`),
      view,
    ),
    ...field(
      'fails with',
      (failsWith ?? []).map((other) => `${other.id}: ${other.because}`),
      view,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

type Edit = Awaited<ReturnType<Services['editFor']>>;

/** The lines as they are: they are there to be copied. */
function renderEdit(edit: Edit, language: Language, view: ExplainView): string {
  if (edit === null) return '';
  const { change, top, code, sources } = edit;
  const places = top.length === 0 ? code : [top.join('\n'), ...code];
  const lines = [
    '',
    ...field('edit', [change], view),
    ...field(
      `in ${language}`,
      places.length === 0 ? [] : sources.map(({ work, at }) => `${work}, ${at}`),
      view,
    ),
    ...places.flatMap((place) => ['', ...place.split('\n').map((line) => `  ${line}`.trimEnd())]),
  ];
  return `${lines.join('\n')}\n`;
}

function field(name: string, texts: readonly string[], { width, paint }: ExplainView): string[] {
  return texts.flatMap((text, index) => {
    const rest = ''.padEnd(label + 2);
    const before = `${name.padEnd(label)}  `;
    const [first = '', ...others] = wrap(text, width, { first: index === 0 ? before : rest, rest });
    return [index === 0 ? paint.faint(before) + first.slice(before.length) : first, ...others];
  });
}

function startsOf({ kind }: Requirement, starts: Requirement['starts']): string {
  if (kind === 'difference') return 'hostile, compared with clean';
  if (kind === 'probe') return 'those of its probe';
  return starts === undefined ? 'every one' : starts.join(', ');
}

function factsOf(requirement: Requirement): string {
  switch (requirement.kind) {
    case 'process':
    case 'difference':
      return `${requirement.needs.join(', ')} of ${requirement.of === 'daemon' ? 'the daemon' : 'every survivor'}`;
    case 'run':
      return 'the launch as a whole';
    case 'moment':
      return requirement.moment === 'at-return'
        ? 'every fact when the starter returned'
        : 'every fact some time after it had settled';
    case 'probe':
      return `what the probe ${requirement.probe} finds`;
  }
}

/** By area, in the alphabet, and in each in the order of the catalogue. */
export function renderAreas(requirements: readonly Requirement[], { width, paint }: ExplainView): string {
  const areas = [...new Set(requirements.map(({ area }) => area))].sort().map((name) => ({
    name,
    ids: requirements.filter(({ area }) => area === name).map(({ id }) => id),
  }));
  const widest = Math.max(...areas.map(({ name }) => name.length));
  const lines = areas.flatMap(({ name, ids }) => {
    const before = `${name.padEnd(widest)}  `;
    const [first = '', ...rest] = wrap(ids.join(' '), width, { first: before, rest: ''.padEnd(widest + 2) });
    return [paint.strong(before) + first.slice(before.length), ...rest];
  });
  return `${[...lines, '', 'daemon-conformance explain ID tells of one.'].join('\n')}\n`;
}
