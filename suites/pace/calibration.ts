/** Once, before the first test: the pace of this machine, for all of them. */

import type { TestProject } from 'vitest/node';
import { measurePace, type Pace } from './pace.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly pace: Pace;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  const pace = await measurePace();
  project.provide('pace', pace);
  const { forkMs, launchMs, checkMs, hangsAfterMs } = pace;
  const [fork, launch, check] = [forkMs, launchMs, checkMs].map((ms) => `${ms.toFixed(1)} ms`);
  const seconds = Math.round(hangsAfterMs / 1000);
  project.vitest.logger.log(
    `here a fork takes ${fork}, a launch ${launch}, a check from one start ${check}: what takes longer than ${seconds} s hangs`,
  );
}
