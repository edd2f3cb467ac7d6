/** `npm run catalogue`: writes the pages of requirements and edits, and what is made of the table of options. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writtenFiles } from '../../harness/options/written-files.ts';
import { packageRoot } from '../../harness/package-root.ts';
import { guide } from '../repairs/guide.ts';
import { requirements } from '../requirements/index.ts';
import { renderRepairsPage } from './repairs-page.ts';
import { renderRequirementsPage } from './requirements-page.ts';
import { shownBy } from './shown-by.ts';

for (const [name, text] of Object.entries(writtenFiles(packageRoot))) {
  mkdirSync(dirname(join(packageRoot, name)), { recursive: true });
  writeFileSync(join(packageRoot, name), text);
}
writeFileSync(
  join(packageRoot, 'suites/requirements/README.md'),
  renderRequirementsPage({ requirements, guide, shownBy }),
);
writeFileSync(join(packageRoot, 'suites/repairs/README.md'), renderRepairsPage(guide));
