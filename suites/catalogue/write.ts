/** `npm run catalogue`: writes the index of requirements, the table in README.md and what is made of the table of options. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writtenFiles } from '../../harness/options/written-files.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { requirements } from '../requirements/index.ts';
import { writeIndex } from '../requirements/write-index.ts';
import { shownBy } from './shown-by.ts';
import { insertTable, renderTable } from './table.ts';

writeIndex(join(packageRoot, 'suites/requirements'));
for (const [name, text] of Object.entries(writtenFiles(packageRoot))) {
  mkdirSync(dirname(join(packageRoot, name)), { recursive: true });
  writeFileSync(join(packageRoot, name), text);
}
const readme = join(packageRoot, 'README.md');
writeFileSync(readme, insertTable(readFileSync(readme, 'utf8'), renderTable(requirements, shownBy)));
