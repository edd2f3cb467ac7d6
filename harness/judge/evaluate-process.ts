/** One requirement against the processes of one run: which of them it concerns, and the worst that was found. Pure. */

import type { Probes } from '../facts/finding.ts';
import { type FactName, isUnreadable } from '../facts/process.ts';
import type { ObservedProcess, Run } from '../facts/run.ts';
import type { StartName } from '../facts/start-state.ts';
import type { Policy, Profile } from './profile.ts';
import {
  type Context,
  inapplicable,
  inconclusive,
  type Judgement,
  type NeededFacts,
  type ProcessRequirement,
  pass,
} from './requirement.ts';
import { whyNoDaemon } from './seen-by.ts';

/** By whose word, with which declared values, and whether there was a launch at all. */
export interface Setting {
  readonly profile: Profile;
  readonly policy: Policy;
  /** The process was found running, so nothing is known of its launch. */
  readonly inspected: boolean;
  /** What the probes found; absent where none was run. */
  readonly probes?: Probes;
}

/** What was found, and on which process; null if it concerns the launch as a whole or held for all. */
export interface Finding {
  readonly judgement: Judgement;
  readonly process: ObservedProcess | null;
}

export interface StartFinding extends Finding {
  readonly start: StartName;
  readonly run: Run;
}

const severity: Readonly<Record<Judgement['outcome'], number>> = {
  inapplicable: 0,
  pass: 1,
  inconclusive: 2,
  fail: 3,
};

/** The first of the worst; null for none. */
export function worst<F extends Finding>(findings: readonly F[]): F | null {
  let found: F | null = null;
  for (const each of findings) {
    if (found === null || severity[each.judgement.outcome] > severity[found.judgement.outcome]) found = each;
  }
  return found;
}

export function onTheWhole(judgement: Judgement): Finding {
  return { judgement, process: null };
}

/** The facts a check asked for, and nothing else; or the first that could not be read. */
export function read(
  process: ObservedProcess,
  needs: readonly FactName[],
): NeededFacts<FactName> | Judgement {
  const facts: Partial<Record<FactName, unknown>> = {};
  for (const need of needs) {
    const fact = process[need];
    if (isUnreadable(fact)) {
      if (fact.absent) return inapplicable(fact.unreadable);
      const because = `${need} of process ${process.pid} could not be read: ${fact.unreadable}`;
      return /\b(EACCES|EPERM)\b|not permitted/.test(fact.unreadable)
        ? inconclusive(because, 'run as root, or as the user the process runs as')
        : inconclusive(because);
    }
    facts[need] = fact;
  }
  return { ...facts, pid: process.pid, role: process.role } as unknown as NeededFacts<FactName>;
}

export function wasRead(facts: NeededFacts<FactName> | Judgement): facts is NeededFacts<FactName> {
  return 'pid' in facts;
}

/** What has ended but was not waited for keeps its state and nothing else worth judging. */
export function isAlive(process: ObservedProcess): boolean {
  return process.state !== 'Z' && process.state !== 'X';
}

export function judged(of: ProcessRequirement['of'], run: Run): readonly ObservedProcess[] {
  return of === 'daemon' ? run.processes.filter(({ role }) => role === 'daemon') : run.processes;
}

export function contextOf(run: Run, { profile, policy, inspected }: Setting): Context {
  return { policy, run, foreground: profile.foreground, inspected };
}

/** A pass is one for all of them; anything else names the process it was found on. */
export function together(findings: readonly Finding[]): Finding {
  const found = worst(findings);
  if (found === null) return onTheWhole(inapplicable('no process is left to judge'));
  return found.judgement.outcome === 'pass' ? onTheWhole(pass) : found;
}

export function evaluateProcess(requirement: ProcessRequirement, run: Run, setting: Setting): Finding {
  const absent = whyNoDaemon(run, setting.profile);
  if (absent !== null) return onTheWhole(inapplicable(absent));
  const context = contextOf(run, setting);
  return together(
    judged(requirement.of, run)
      .filter((each) => isAlive(each) || requirement.needs.includes('state'))
      .map((process) => {
        const facts = read(process, requirement.needs);
        return { judgement: wasRead(facts) ? requirement.check(facts, context) : facts, process };
      }),
  );
}
