/** What the verbs ask of the rest: loaded only by the verb that needs it, and replaced in tests. */

import type { CheckRequest, InspectRequest } from '../check-request.ts';
import type { Requirement } from '../judge/requirement.ts';
import type { Report } from '../report/report.ts';

/** Start states null: those of the profile. */
export type CheckOrder = Omit<CheckRequest, 'starts'> & { readonly starts: CheckRequest['starts'] | null };

export interface Area {
  readonly name: string;
  readonly ids: readonly string[];
}

export interface Services {
  check(order: CheckOrder): Promise<Report>;
  /** Rejects with an error named NoSuchProcess if there is none. */
  inspect(request: InspectRequest): Promise<Report>;
  requirements(): Promise<readonly Requirement[]>;
  areas(): Promise<readonly Area[]>;
  version(): string;
}
