/** The last stage: the runs and findings judged, and everything that is told of them. */

import { withExpectedFailures } from '../judge/expected-failures.ts';
import { judge, judgeProfiles } from '../judge/judge.ts';
import { fixList } from '../judge/repair.ts';
import { nowMs } from '../launch/launcher-client.ts';
import { describePlatform } from '../observe/platform.ts';
import { observer } from '../observe/system.ts';
import { packageVersion } from '../package-root.ts';
import { type Report, schemaVersion } from '../report/report.ts';
import { languageOf } from './language-of.ts';
import type { ResolvedProfile } from './request.ts';

/** What was seen, and of what. */
export interface Evidence extends Pick<Report, 'program' | 'runs' | 'probes' | 'leftOver'> {
  /** The process was found running: nothing is known of its launch. */
  readonly inspected: boolean;
  /** As the launcher names it. */
  readonly libc: string;
  readonly began: Beginning;
}

/** When a check began, by the clock on the wall and by one that nobody sets. */
export interface Beginning {
  readonly at: Date;
  /** CLOCK_MONOTONIC, milliseconds. */
  readonly atMs: number;
}

export function beginning(): Beginning {
  return { at: new Date(), atMs: nowMs() };
}

export function writeReport(resolved: ResolvedProfile, evidence: Evidence): Report {
  const { catalogue, profile, policy, overrides, chosen, failOn, counting, expectedFailures } = resolved;
  const { program, runs, probes, inspected, libc, began } = evidence;
  const all = catalogue.requirements;
  const input = { runs, probes, requirements: chosen, catalogue: all, counting, inspected };
  const { results, summary } = judge({ ...input, profile, policy, evidenceOf: observer().evidenceOf });
  const { results: told, verdict } = withExpectedFailures(results, expectedFailures, counting);
  const changes = told.some(({ outcome }) => outcome === 'fail')
    ? fixList(told, runs, catalogue.guide, resolved.language ?? languageOf(program.path))
    : [];
  return {
    schemaVersion,
    tool: { name: 'daemon-conformance', version: packageVersion() },
    platform: describePlatform(libc),
    program,
    startedAt: began.at.toISOString(),
    durationMs: Math.round(nowMs() - began.atMs),
    profile: profile.name,
    strict: failOn === 'should' || failOn === 'may',
    policy,
    summary,
    runs,
    probes,
    ...(evidence.leftOver === undefined || evidence.leftOver.length === 0
      ? {}
      : { leftOver: evidence.leftOver }),
    verdict,
    changes,
    results: told,
    profiles: judgeProfiles({ ...input, profiles: catalogue.profiles, declared: overrides }),
  };
}
