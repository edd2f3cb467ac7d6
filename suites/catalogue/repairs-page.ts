/** The page of the edits: what each repairs, and its lines in every language. Pure. */

import { type Language, languages, type Repair, type RepairGuide } from '../../harness/judge/repair.ts';

const names: Readonly<Record<Language, string>> = {
  c: 'C',
  python: 'Python',
  go: 'Go',
  rust: 'Rust',
  perl: 'Perl',
  ruby: 'Ruby',
  node: 'Node',
  sh: 'sh',
};

/** As what a code block of it is marked. */
const fences: Readonly<Record<Language, string>> = {
  c: 'c',
  python: 'python',
  go: 'go',
  rust: 'rust',
  perl: 'perl',
  ruby: 'ruby',
  node: 'js',
  sh: 'sh',
};

/**
 * Links to the lines of an edit, one for each language that has some.
 * @param page the page of the edits as the link has it; empty on that page itself
 */
export function linesOf(id: string, { languages: guides }: RepairGuide, page: string): readonly string[] {
  return languages.flatMap((language) => {
    const { code, together } = guides[language];
    const there = together?.ids.includes(id) ? (together.ids[0] ?? id) : id;
    return code[there] === undefined ? [] : [`[${names[language]}](${page}#${language}-${there})`];
  });
}

function row(repair: Repair, guide: RepairGuide): string {
  const cells = [
    `<a id="${repair.id}"></a>${repair.id}`,
    repair.change,
    repair.repairs.map((id) => `[${id}](../requirements/README.md#${id})`).join(', '),
    linesOf(repair.id, guide, '').join(' '),
  ];
  return `| ${cells.join(' | ')} |`;
}

function section(language: Language, { repairs, languages: guides }: RepairGuide): readonly string[] {
  const { code, top = {}, together, sources } = guides[language];
  return [
    `## ${names[language]}`,
    '',
    `Described in ${sources.map(({ work, at }) => `${work}, ${at}`).join('; ')}.`,
    '',
    ...repairs.flatMap(({ id }) => {
      const places = code[id];
      if (places === undefined) return [];
      const above = top[id] === undefined ? [] : [top[id].join('\n')];
      const first = together?.ids[0] === id;
      return [
        `### ${language}: ${id}`,
        '',
        ...(first ? [together.change, `In one: ${together.ids.join(', ')}.`, ''] : []),
        `\`\`\`${fences[language]}`,
        [...above, ...places].join('\n\n'),
        '```',
        '',
      ];
    }),
  ];
}

export function renderRepairsPage(guide: RepairGuide): string {
  return [
    '<!-- Written by npm run catalogue from the edits. -->',
    '',
    '# The edits, language by language',
    '',
    'What makes a program a daemon, in the order in which daemon(7) takes the steps. The fix list of a report names those that',
    `a program lacks; here are all ${guide.repairs.length}, and [writing a daemon](../../fixtures/README.md) says what each is for. The lines are`,
    'tested: in every language a program of nothing else conforms, and where one edit is left out, and that shows in a program',
    'that does nothing else, the fix list names it.',
    '',
    languages.map((language) => `[${names[language]}](#${language})`).join(' · '),
    '',
    '| edit | what to do | repairs | lines |',
    '| --- | --- | --- | --- |',
    ...guide.repairs.map((repair) => row(repair, guide)),
    '',
    'A language that is not named needs no lines: its runtime has done it before the program begins. How workers are ended',
    'depends on how they are started; a shell script has one for each command.',
    '',
    'Headers and imports belong at the top of the file, and what a comment calls the last step at the end of the start.',
    '',
    ...languages.flatMap((language) => section(language, guide)),
  ].join('\n');
}
