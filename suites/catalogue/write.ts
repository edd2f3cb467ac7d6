/** `npm run catalogue`: writes the index of requirements and the table in README.md from the code. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../harness/package-root.ts';
import { requirements } from '../requirements/index.ts';
import { writeIndex } from '../requirements/write-index.ts';
import { shownBy } from './shown-by.ts';
import { insertTable, renderTable } from './table.ts';

writeIndex(join(packageRoot, 'suites/requirements'));
const readme = join(packageRoot, 'README.md');
writeFileSync(readme, insertTable(readFileSync(readme, 'utf8'), renderTable(requirements, shownBy)));
