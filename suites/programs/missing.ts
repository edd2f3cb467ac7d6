/** What a program of the matrix needs and this machine may lack. */

import { existsSync } from 'node:fs';
import type { Expectation } from './expectations/expectation.ts';

/** The capability that is missing here; null if the program can run. */
export function missing({ needsRoot, program }: Expectation): string | null {
  if (needsRoot && process.geteuid?.() !== 0) return 'only root can run it: run as root';
  if (program.kind === 'command' && !existsSync(program.argv[0]))
    return `there is no ${program.argv[0]}: install it`;
  return null;
}
