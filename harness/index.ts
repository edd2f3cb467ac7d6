/** What other programs use: the checker with the catalogue it judges by, and the report it makes. */

import { catalogue } from '../suites/catalogue/catalogue.ts';
import { type CheckOptions, type Command, checkBy } from './check/check-program.ts';
import * as checker from './check/checker.ts';
import * as inspection from './check/inspect.ts';
import type { CheckRequest, InspectRequest } from './check/request.ts';
import type { Launcher } from './launch/launcher-client.ts';
import type { Report } from './report/report.ts';

export { type CheckOptions, type Command, NoSuchProgram } from './check/check-program.ts';
export type { Checker } from './check/checker.ts';
export { NoSuchProcess } from './check/inspect.ts';
export type { CheckRequest, InspectRequest, PolicyOverrides, Progress } from './check/request.ts';
export type { Outcome, Result, Verdict } from './facts/result.ts';
export { type StartName, startNames } from './facts/start-state.ts';
export { type Policy, type ProfileName, profileNames } from './judge/profile.ts';
export { findProgram } from './launch/find-program.ts';
// What a report holds of a probe is declared beside it.
export type { probes } from './probe/index.ts';
export { renderJson } from './report/check/json.ts';
export { renderPretty } from './report/check/pretty.ts';
export { compare } from './report/compare/compare.ts';
export type { Compare, Comparison, ComparisonInput } from './report/compare/comparison.ts';
export type { Report } from './report/report.ts';

declare global {
  // Where neither Node's declarations nor those of browsers are loaded, nobody else names it.
  interface AbortSignal {}
}

/** Opens a checker. Its launcher starts at once, while the rest of the program is still loading. */
export function openChecker(launcher?: Launcher): checker.Checker {
  return checker.openChecker(catalogue, launcher);
}

/**
 * Checks one program and ends whatever it became: `check(['./mydaemon', '-d'], { profile: 'sysv' })`, or a whole request.
 *
 * @throws NoSuchProgram
 */
export function check(command: Command, options?: CheckOptions): Promise<Report>;
export function check(request: CheckRequest): Promise<Report>;
export function check(asked: Command | CheckRequest, options: CheckOptions = {}): Promise<Report> {
  const whole = (request: CheckRequest): Promise<Report> => checker.check(catalogue, request);
  return isCommand(asked) ? checkBy(whole, asked, options) : whole(asked);
}

function isCommand(asked: Command | CheckRequest): asked is Command {
  return typeof asked === 'string' || Array.isArray(asked);
}

/** `check` of a command. @throws NoSuchProgram */
export function checkProgram(command: Command, options: CheckOptions = {}): Promise<Report> {
  return check(command, options);
}

/** Looks at a process that already runs. Nothing is launched and nothing signalled. @throws NoSuchProcess */
export function inspect(request: InspectRequest): Promise<Report> {
  return inspection.inspectProcess(catalogue, request);
}

/** The same by its former name. */
export const inspectProcess = inspect;
