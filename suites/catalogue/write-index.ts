/**
 * The first step of `npm run catalogue`, before types are checked: a requirement that the index does not list yet is
 * none whose ID an expectation may name, and one that was removed cannot be imported.
 */

import { join } from 'node:path';
import { packageRoot } from '../../harness/package-root.ts';
import { writeIndex } from '../requirements/write-index.ts';

writeIndex(join(packageRoot, 'suites/requirements'));
