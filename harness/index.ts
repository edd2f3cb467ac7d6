/** What other programs use: a check, a look at a running process, and the report both return. */

export { type Checker, check, inspectProcess, NoSuchProcess, openChecker } from './check/checker.ts';
export type { CheckRequest, InspectRequest, PolicyOverrides, Progress } from './check/request.ts';
export type { Outcome, Result, Verdict } from './facts/result.ts';
export { type StartName, startNames } from './facts/start-state.ts';
export { type Policy, type ProfileName, profileNames } from './judge/profile.ts';
export { findProgram } from './launch/find-program.ts';
export { renderJson } from './report/check/json.ts';
export { renderPretty } from './report/check/pretty.ts';
export type { Report } from './report/report.ts';
