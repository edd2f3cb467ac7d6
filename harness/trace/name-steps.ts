/** Names, for each requirement that failed, the step that is missing, from the trace of a start it failed after. */

import type { Result } from '../facts/result.ts';
import type { Run } from '../facts/run.ts';
import { missingStep } from './missing-step.ts';

/** The results, those that failed with the step where the traces show one. Pure. */
export function nameSteps(results: readonly Result[], runs: readonly Run[]): readonly Result[] {
  return results.map((result) => {
    const step = result.outcome === 'fail' ? stepOf(result, runs) : null;
    return step === null ? result : { ...result, step };
  });
}

function stepOf({ id, starts }: Result, runs: readonly Run[]): string | null {
  const judged = Object.keys(starts).length > 0;
  for (const { start, trace } of runs) {
    // What a probe found is not of one start.
    if (trace?.kind !== 'traced' || (judged && starts[start] !== 'fail')) continue;
    const step = missingStep(id, trace, start);
    if (step !== null) return step;
  }
  return null;
}
