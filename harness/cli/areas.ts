/** The areas of the catalogue are its folders; a requirement's file has the name of its id. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Area } from './services.ts';

export function readAreas(ids: readonly string[], folder: string): readonly Area[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, ids: idsIn(join(folder, name), ids) }))
    .filter(({ ids: inArea }) => inArea.length > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function idsIn(folder: string, ids: readonly string[]): readonly string[] {
  const stems = new Set(readdirSync(folder).map((file) => file.replace(/\..*$/, '')));
  return ids.filter((id) => stems.has(id));
}
