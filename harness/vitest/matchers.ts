/** Matchers for `expect.extend()`. */

import { type CheckOptions, type Command, checkProgram } from '../index.ts';
import type { ProfileName } from '../judge/profile.ts';
import { renderPretty } from '../report/check/pretty.ts';
import type { Report } from '../report/report.ts';

/** What a matcher answers, as `expect.extend()` wants it. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

function isReport(received: Command | Report): received is Report {
  return typeof received === 'object' && 'schemaVersion' in received;
}

function shown(report: Report): string {
  return renderPretty(report, { color: false, width: 100, verbose: false, quiet: false });
}

/**
 * `await expect(['./mydaemon', '--port', '0']).toConformTo('sysv')`: checks the program. A report that was made
 * before is asked what it says of the profile.
 *
 * @throws Error where it could not be judged: that is neither one answer nor, with `not`, the other
 */
export async function toConformTo(
  received: Command | Report,
  profile: ProfileName = 'sysv',
  options: Omit<CheckOptions, 'profile'> = {},
): Promise<MatcherResult> {
  const report = isReport(received) ? received : await checkProgram(received, { ...options, profile });
  // Only the profile it was made for knows of expected failures.
  const { verdict } = profile === report.profile ? report : report.profiles[profile];
  if (verdict !== 'conforms' && verdict !== 'does-not-conform') {
    throw new Error(`${report.program.argv.join(' ')} could not be judged by ${profile}\n\n${shown(report)}`);
  }
  const pass = verdict === 'conforms';
  const of = `${report.program.argv.join(' ')} ${pass ? 'not ' : ''}to conform to ${profile}`;
  return { pass, message: () => `expected ${of}\n\n${shown(report)}` };
}

/** An alias, as `expect.extend()` wants any name. */
export type Matchers = { readonly toConformTo: typeof toConformTo };
