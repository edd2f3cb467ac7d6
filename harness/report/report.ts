/** The report: what `--format json` writes and every renderer reads. `report.schema.json` is its published schema. */

import type { Probes } from '../facts/finding.ts';
import type { LeftOver } from '../facts/left-over.ts';
import type { Platform } from '../facts/platform.ts';
import type { ProfileVerdict, Result, Summary, Verdict } from '../facts/result.ts';
import type { Run } from '../facts/run.ts';
import type { Policy, ProfileName } from '../judge/profile.ts';
import type { Change } from '../judge/repair.ts';

export const schemaVersion = 1;

export interface Report {
  readonly schemaVersion: typeof schemaVersion;
  readonly tool: { readonly name: 'daemon-conformance'; readonly version: string };
  readonly platform: Platform;
  /** `argv` as given, `path` the file that was executed; for `inspect`, the process that was looked at. */
  readonly program: { readonly argv: readonly string[]; readonly path: string; readonly pid: number | null };
  /** When the check began, as in `2026-11-28T10:20:03.512Z`, and how long it took. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly profile: ProfileName;
  readonly strict: boolean;
  readonly policy: Policy;
  readonly verdict: Verdict;
  readonly summary: Summary;
  readonly runs: readonly Run[];
  /** What each probe found, by its name. */
  readonly probes: Probes;
  /** What launches without a world of their own left in names; none of it was there for the next. */
  readonly leftOver?: readonly LeftOver[];
  /** What to change in the program, in the order of the steps, musts first. */
  readonly changes: readonly Change[];
  readonly results: readonly Result[];
  readonly profiles: Readonly<Record<ProfileName, ProfileVerdict>>;
}
