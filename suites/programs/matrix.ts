/** Every program and what it is expected to fail. */

import { awkward } from './expectations/awkward.ts';
import { behaviour } from './expectations/behaviour.ts';
import { controls } from './expectations/controls.ts';
import { defects } from './expectations/defects.ts';
import type { Expectation } from './expectations/expectation.ts';
import { recipes } from './expectations/recipes.ts';

export const matrix: readonly Expectation[] = [...recipes, ...defects, ...behaviour, ...awkward, ...controls];
