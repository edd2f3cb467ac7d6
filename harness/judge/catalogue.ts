/** What is asserted, and by whose word. The checker is handed it: only `index.ts`, `cli` and the suites know which. */

import type { Profile, ProfileName } from './profile.ts';
import type { RepairGuide } from './repair.ts';
import type { Requirement } from './requirement.ts';

export interface Catalogue {
  readonly requirements: readonly Requirement[];
  readonly profiles: Readonly<Record<ProfileName, Profile>>;
  /** How a program is repaired that fails. */
  readonly guide: RepairGuide;
}
