/** A probe: what it is called and how it comes to its finding. */

import type { ProbeName, ProbeOutcome } from '../facts/finding.ts';
import type { ProbeContext } from './probe-context.ts';

export interface Probe<P extends ProbeName = ProbeName> {
  readonly name: P;
  /** What it launches the program from, for a person. */
  readonly start: string;
  /** It launches many times; --quick leaves it out. */
  readonly repeated: boolean;
  /** It makes sense for a program that stays in the foreground too. */
  readonly foreground: boolean;
  readonly run: (context: ProbeContext) => Promise<ProbeOutcome<P>>;
}
