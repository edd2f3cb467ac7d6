/** The program is executed with no environment at all, as by env -i. */

import { startWith } from './failed-start.ts';
import type { Probe } from './probe.ts';

export const emptyEnvironment: Probe<'empty-environment'> = {
  name: 'empty-environment',
  start: 'clean, with an empty environment',
  repeated: false,
  foreground: true,
  run: (context) => startWith(context, { environment: [] }),
};
