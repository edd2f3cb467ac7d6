/** The report: what `--format json` writes and every renderer reads. `report.schema.json` is its published schema. */

import type { Policy, ProfileName } from '../judge/profile.ts';
import type { Level, Source } from '../judge/requirement.ts';
import type { StartName } from '../launch/start-state.ts';
import type { Probes } from '../observe/finding.ts';
import type { Run } from '../observe/run.ts';

export const schemaVersion = 1;

export type Outcome = 'pass' | 'fail' | 'inconclusive' | 'inapplicable';
export type Verdict = 'conforms' | 'does-not-conform' | 'not-judged' | 'not-applicable';

export interface Result {
  readonly id: string;
  /** What holds; of a failed one, what is wrong. */
  readonly title: string;
  /** null: the profile does not ask for it, and the outcome is `inapplicable`. */
  readonly level: Level | null;
  readonly outcome: Outcome;
  /** A failure decides the verdict: a must, with `strict` a should; not one that is expected to fail. */
  readonly counts: boolean;
  /** The reason given in the configuration for an expected failure; null if none is expected. One that passes fails the run. */
  readonly expectedFailure: string | null;
  /** The start state that decided; null if it was the same under every one. */
  readonly start: StartName | null;
  /** Outcome under every start state it was judged under. */
  readonly starts: Readonly<Partial<Record<StartName, Outcome>>>;
  /** Process it was found on; null if it concerns the launch as a whole or held for all. */
  readonly pid: number | null;
  readonly expected: string | null;
  readonly actual: string | null;
  /** Why it is inconclusive or inapplicable. */
  readonly because: string | null;
  /** What would make an inconclusive one judgeable. */
  readonly wouldHelp: string | null;
  /** The step that is missing or came in the wrong order; absent where no trace shows one. */
  readonly step?: string;
  readonly evidence: readonly string[];
  readonly sources: readonly Source[];
  readonly remedy: string;
}

export interface Summary {
  readonly pass: number;
  readonly fail: number;
  readonly inconclusive: number;
  readonly inapplicable: number;
}

export interface ProfileVerdict {
  readonly verdict: Verdict;
  /** Ids of the failed requirements that count. */
  readonly failed: readonly string[];
  readonly inconclusive: readonly string[];
}

export interface Platform {
  /** `linux-6.1.0-x64-glibc-2.36`, a folder name. */
  readonly id: string;
  readonly os: string;
  readonly release: string;
  readonly arch: string;
  readonly libc: string;
  readonly node: string;
}

export interface Report {
  readonly schemaVersion: typeof schemaVersion;
  readonly tool: { readonly name: 'daemon-conformance'; readonly version: string };
  readonly platform: Platform;
  /** `argv` as given, `path` the file that was executed; for `inspect`, the process that was looked at. */
  readonly program: { readonly argv: readonly string[]; readonly path: string; readonly pid: number | null };
  readonly profile: ProfileName;
  readonly strict: boolean;
  readonly policy: Policy;
  readonly verdict: Verdict;
  readonly summary: Summary;
  readonly runs: readonly Run[];
  /** What each probe found, by its name. */
  readonly probes: Probes;
  readonly results: readonly Result[];
  readonly profiles: Readonly<Record<ProfileName, ProfileVerdict>>;
}
