/** Every requirement and every profile there is, and how a program is repaired that fails one. */

import type { Catalogue } from '../../harness/judge/catalogue.ts';
import { profiles } from '../profiles/index.ts';
import { guide } from '../repairs/guide.ts';
import { requirements } from '../requirements/index.ts';

export const catalogue: Catalogue = { requirements, profiles, guide };
