/** What is asked of a check: of a program that is launched, or of a process that already runs. */

import type { StartName } from '../facts/start-state.ts';
import type { Policy, ProfileName } from '../judge/profile.ts';

/** What the program declares of itself, merged over the policy of the profile. */
export type PolicyOverrides = Partial<Policy>;

/** What the check is doing under one start state; states run side by side. */
export interface Progress {
  readonly start: StartName;
  readonly phase: 'launching' | 'waiting' | 'settling' | 'ending' | 'done';
  readonly elapsedMs: number;
  /** Processes of the program that are there now. */
  readonly processes: number;
}

/** Which requirements are judged, against what, and which of them count. */
interface JudgementRequest {
  readonly profile: ProfileName;
  readonly overrides: PolicyOverrides;
  /** Ids of the requirements to judge; null for all. */
  readonly only: readonly string[] | null;
  readonly skip: readonly string[];
  /** A failed should-requirement counts. */
  readonly strict: boolean;
  /** Ids of requirements known to fail, with the reason. */
  readonly expectedFailures: Readonly<Record<string, string>>;
}

export interface Probing {
  /** Leave out the probes that launch many times. */
  readonly quick: boolean;
  /** How often those launch; null leaves it to them. */
  readonly repeat: number | null;
}

export interface CheckRequest extends JudgementRequest {
  /** As the user gave it; `argv[0]` is the word, `path` the file that was found for it. */
  readonly argv: readonly string[];
  readonly path: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly starts: readonly StartName[];
  readonly timeoutMs: number;
  /** How behaviour is probed; absent: it is not. */
  readonly probing?: Probing;
  /** Trace the daemon steps too, in launches that are not judged. */
  readonly trace?: boolean;
  /** Leave what the program became running. */
  readonly keep: boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting ends everything launched; the check then rejects. */
  readonly signal?: AbortSignal;
}

export interface InspectRequest extends JudgementRequest {
  readonly pid: number;
}
