/** Writes index.ts from the requirements in the folders beside it, so that none can be forgotten. */

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Area, areas } from '../../harness/facts/result.ts';

export interface RequirementFile {
  readonly area: Area;
  /** Name of the file, and of the requirement in it. */
  readonly id: string;
}

/** `session-leader` exports `sessionLeader`. */
export function exportName(id: string): string {
  return id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The requirements below `directory`, area by area. */
export function requirementFiles(directory: string): readonly RequirementFile[] {
  return areas.flatMap((area) =>
    readdirSync(join(directory, area))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => name.slice(0, -'.ts'.length))
      .sort()
      .map((id) => ({ area, id })),
  );
}

/** The text of index.ts, as the formatter leaves it. */
export function renderIndex(files: readonly RequirementFile[]): string {
  const byPath = [...files].sort((a, b) => (`${a.area}/${a.id}` < `${b.area}/${b.id}` ? -1 : 1));
  return [
    '// Written by write-index.ts from the folders beside it; npm run catalogue writes it anew.',
    '',
    "import type { Requirement } from '../../harness/judge/requirement.ts';",
    ...byPath.map(({ area, id }) => `import { ${exportName(id)} } from './${area}/${id}.ts';`),
    '',
    'export const requirementIds = [',
    ...files.map(({ id }) => `  '${id}',`),
    '] as const;',
    'export type RequirementId = (typeof requirementIds)[number];',
    '',
    'export const requirements: readonly Requirement[] = [',
    ...files.map(({ id }) => `  ${exportName(id)},`),
    '];',
    '',
  ].join('\n');
}

/** @param directory this folder */
export function writeIndex(directory: string): void {
  writeFileSync(join(directory, 'index.ts'), renderIndex(requirementFiles(directory)));
}
