/** What other programs use: a check, a look at a running process, and the report both return. */

export { check, inspectProcess, NoSuchProcess, openWorkshop, type Workshop } from './check.ts';
export type { CheckRequest, InspectRequest, PolicyOverrides, Progress } from './check-request.ts';
export { type Policy, type ProfileName, profileNames } from './judge/profile.ts';
export { findProgram } from './launch/find-program.ts';
export { type StartName, startNames } from './launch/start-state.ts';
export { renderJson } from './report/json.ts';
export { renderPretty } from './report/pretty.ts';
export type { Outcome, Report, Result, Verdict } from './report/report.ts';
