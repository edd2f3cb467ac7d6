/** The catalogue as a table: each requirement, its level in every profile, and the fixture that fails it. Pure. */

import type { Level } from '../../harness/facts/result.ts';
import { type ProfileName, profileNames } from '../../harness/judge/profile.ts';
import type { Requirement } from '../../harness/judge/requirement.ts';

const heads: Readonly<Record<ProfileName, string>> = {
  sysv: 'sysv',
  'daemon3-bsd': 'daemon3<br>bsd',
  'daemon3-glibc': 'daemon3<br>glibc',
  apue: 'apue',
  pep3143: 'pep3143',
  classic: 'classic',
  supervised: 'super-<br>vised',
};

const letters: Readonly<Record<Level, string>> = { must: '**M**', should: 'S', may: 'o' };

/** What shows a requirement's failure: name of a program in the matrix, and the fixture's file if it is one. */
export interface ShowingProgram {
  readonly name: string;
  readonly file: string | null;
}

/** The program as a link from the page of the catalogue, in suites/requirements. */
export function showing({ name, file }: ShowingProgram): string {
  const short = name.replace(/^(node )?(defects|recipes|awkward)\//, '');
  return file === null ? `\`${short}\`` : `[${short}](../../${file})`;
}

/** @param shownBy programs that show the failure of a requirement */
export function renderTable(
  requirements: readonly Requirement[],
  shownBy: (id: string) => readonly ShowingProgram[],
): string {
  const head = ['requirement', ...profileNames.map((name) => heads[name]), 'shown by'];
  const rows = requirements.flatMap((requirement, i) => {
    const { id, area, title, levels } = requirement;
    const cells = [
      `[${id}](#${id})<br>${title}`,
      ...profileNames.map((name) => {
        const level = levels[name];
        return level === undefined ? '' : letters[level];
      }),
      shownBy(id).map(showing).join('<br>'),
    ];
    return area === requirements[i - 1]?.area ? [cells] : [[`**${area}**`, ...head.slice(1).fill('')], cells];
  });
  const lines = [head, head.map((_, i) => (i === 0 || i === head.length - 1 ? '---' : ':---:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
