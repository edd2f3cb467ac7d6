/** Writes the areas of the requirements where the reporters find them: a report holds ids, not folders. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { areas, type RequirementFile, requirementFiles } from '../requirements/write-index.ts';

/** The text of harness/report/area-of.ts, as the formatter leaves it. */
export function renderAreas(files: readonly RequirementFile[]): string {
  return [
    '// Written by suites/catalogue/write-areas.ts from the folders of suites/requirements; npm run catalogue writes it anew.',
    '',
    'const areas: ReadonlyMap<string, string> = new Map([',
    ...areas.flatMap((area) =>
      files.filter((each) => each.area === area).map(({ id }) => `  ['${id}', '${area}'],`),
    ),
    ']);',
    '',
    '/** `other` for a requirement of another version. */',
    'export function areaOf(id: string): string {',
    "  return areas.get(id) ?? 'other';",
    '}',
    '',
  ].join('\n');
}

/** @param root of the package */
export function writeAreas(root: string): void {
  const files = requirementFiles(join(root, 'suites/requirements'));
  writeFileSync(join(root, 'harness/report/area-of.ts'), renderAreas(files));
}
