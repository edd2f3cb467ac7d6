/** The page of the catalogue: the table, and a heading for each requirement. Pure. */

import { canBeInspected } from '../../harness/judge/evaluate.ts';
import { profileNames } from '../../harness/judge/profile.ts';
import type { RepairGuide } from '../../harness/judge/repair.ts';
import type { Requirement } from '../../harness/judge/requirement.ts';
import { linesOf } from './repairs-page.ts';
import { renderTable, type ShowingProgram, showing } from './table.ts';

interface Catalogue {
  readonly requirements: readonly Requirement[];
  readonly guide: RepairGuide;
  /** Programs that show the failure of a requirement. */
  readonly shownBy: (id: string) => readonly ShowingProgram[];
}

/** How it comes to be known, in a sentence. */
function observed(requirement: Requirement): string {
  const { starts = [] } = requirement;
  const under =
    starts.length === 0
      ? 'after every start'
      : `after the ${enumerated(starts)} ${starts.length === 1 ? 'start' : 'starts'}`;
  switch (requirement.kind) {
    case 'process':
      return `Read of ${ofWhom(requirement.of)} ${under}: ${requirement.needs.map(factWords).join(', ')}.`;
    case 'difference':
      return `Read of ${ofWhom(requirement.of)} after the hostile start and compared with the clean one: ${requirement.needs.map(factWords).join(', ')}.`;
    case 'run':
      return `Judged of the launch as a whole, ${under}.`;
    case 'moment':
      return `Judged by what fails at another moment than when the program has settled, ${under}.`;
    case 'probe':
      return `Probed, in launches of its own: [${requirement.probe}](../../harness/probe/${requirement.probe}.ts).`;
  }
}

function ofWhom(of: 'daemon' | 'every-survivor'): string {
  return of === 'daemon' ? 'the daemon' : 'every process that is left';
}

function enumerated(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Facts whose names in the code say less than words do. */
const named: Readonly<Record<string, string>> = {
  signals: 'blocked, ignored, caught and pending signals',
  threadFacts: 'the same of each thread',
  nice: 'nice value',
  limits: 'resource limits',
  workingDirectoryRemoved: 'whether that was removed',
  environmentMarker: 'the mark in its environment',
  oomScoreAdjustment: 'OOM score adjustment',
  userIds: 'user IDs',
  groupIds: 'group IDs',
};

/** `fileModeCreationMask` as `file mode creation mask`. */
function factWords(name: string): string {
  return named[name] ?? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A sentence in the middle of another: SIGTERM stays what it is. */
function within(sentence: string): string {
  return sentence.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
}

const repairsPage = '../repairs/README.md';

/** Where its remedy stands in the languages; nothing where no step is one. */
function edits(id: string, guide: RepairGuide): readonly string[] {
  const link = (edit: string): string => `[${edit}](${repairsPage}#${edit})`;
  const certain = guide.repairs.find(({ repairs }) => repairs.includes(id));
  if (certain !== undefined) {
    const lines = linesOf(certain.id, guide, repairsPage);
    return [`- **Edit**: ${link(certain.id)}${lines.length === 0 ? '' : `: ${lines.join(', ')}`}`];
  }
  const possible = guide.repairs.filter(({ mayRepair = [] }) => mayRepair.includes(id));
  return possible.length === 0 ? [] : [`- **Edit**: ${possible.map((each) => link(each.id)).join(' or ')}`];
}

function section(requirement: Requirement, { guide, shownBy }: Catalogue): readonly string[] {
  const { id, title, failureTitle, why, remedy, sources, levels, restsOn = [] } = requirement;
  const rests =
    restsOn.length === 0
      ? ''
      : ` Inconclusive where the start was not proven in this: ${restsOn.join(', ')}.`;
  const inspected = canBeInspected(requirement) ? ' `inspect` judges it too.' : '';
  const asked = profileNames.flatMap((name) =>
    levels[name] === undefined ? [] : [`${name} ${levels[name]}`],
  );
  return [
    `### ${id}`,
    '',
    `**${title}**; if not: ${within(failureTitle)}.`,
    '',
    `- **Why**: ${why}`,
    `- **Observed**: ${observed(requirement)}${rests}${inspected}`,
    `- **Remedy**: ${remedy}`,
    ...edits(id, guide),
    `- **Asked by**: ${asked.join(', ')}`,
    `- **Sources**: ${sources.map(({ work, at }) => `${work}, ${at}`).join('; ')}`,
    `- **Shown by**: ${shownBy(id).map(showing).join(', ')}`,
    '',
  ];
}

export function renderRequirementsPage(catalogue: Catalogue): string {
  const areas = [...new Set(catalogue.requirements.map(({ area }) => area))];
  const table = renderTable(catalogue.requirements, catalogue.shownBy);
  return [
    '<!-- Written by npm run catalogue from the requirements. -->',
    '',
    '# The catalogue',
    '',
    `${catalogue.requirements.length} requirements, and what each [profile](../profiles/README.md) makes of them: **M** must, S should, o may, nothing where`,
    'it does not ask. The last column names programs that fail the requirement, and nothing that does not follow from it.',
    'Below the table stand the reasons, how it is observed after which [start](../../harness/launch/README.md), the remedy',
    'with its lines in [eight languages](../repairs/README.md), and who says so; `npx daemon-conformance explain ID` prints the',
    'same of one, with the promises of kernel and C library behind it.',
    '',
    areas.map((area) => `[${area}](#area-${area})`).join(' · '),
    '',
    table,
    '',
    ...areas.flatMap((area) => [
      // Some areas have the name of a requirement: what links to that means the requirement.
      `## Area: ${area}`,
      '',
      ...catalogue.requirements
        .filter((each) => each.area === area)
        .flatMap((each) => section(each, catalogue)),
    ]),
  ].join('\n');
}
