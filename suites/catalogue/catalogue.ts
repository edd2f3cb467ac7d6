/** Every requirement and every profile there is. */

import type { Catalogue } from '../../harness/judge/catalogue.ts';
import { profiles } from '../profiles/index.ts';
import { requirements } from '../requirements/index.ts';

export const catalogue: Catalogue = { requirements, profiles };
