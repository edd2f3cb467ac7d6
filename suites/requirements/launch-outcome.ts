/** How a launch went, in words for a report. */

import type { Run, Starter } from '../../harness/facts/run.ts';
import { whyNoDaemon } from '../../harness/judge/seen-by.ts';

/** `exited with status 3`, `was ended by SIGSEGV`. */
export function endingOf(starter: Starter): string {
  return starter.signal === null
    ? `exited with status ${starter.exitCode}`
    : `was ended by ${starter.signal}`;
}

/** What it wrote last, which mostly names the cause: ` ("address in use")`; empty where it wrote nothing. */
export function lastWordOf({ output }: Starter): string {
  const line =
    output
      .trim()
      .split(/[\r\n]+/)
      .at(-1) ?? '';
  return line === '' ? '' : ` ("${line.slice(0, 200)}")`;
}

export function exitedWithZero(starter: Starter): boolean {
  return starter.signal === null && starter.exitCode === 0;
}

/** What went wrong, whatever became of the program's properties; null if there is a daemon to look at. */
export function launchFailure(run: Run, foreground: boolean): string | null {
  const { starter } = run;
  if (foreground)
    return starter.returnedAfterMs === null ? null : `the program ${endingOf(starter)}${lastWordOf(starter)}`;
  if (starter.returnedAfterMs === null) return `the starter did not return${lastWordOf(starter)}`;
  if (!exitedWithZero(starter)) return `the starter ${endingOf(starter)}${lastWordOf(starter)}`;
  return whyNoDaemon(run, { foreground });
}
