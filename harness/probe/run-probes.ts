/** Runs the probes that were asked for, side by side, and says of the others why they were not. */

import { type Findings, type Found, notRun, type ProbeName, type Probes } from '../facts/finding.ts';
import type { Run } from '../facts/run.ts';
import { bearsCompany } from './coexistence.ts';
import { probes } from './index.ts';
import type { Probe } from './probe.ts';
import { asUnavailable, type Bench, type Means, openBench } from './probe-context.ts';

export interface Asked {
  /** Names of the probes whose requirements are to be judged. */
  readonly names: ReadonlySet<ProbeName>;
  /** Leave out those that launch many times. */
  readonly quick: boolean;
}

/** Why no probe could show anything of this program; null if it became what it should. */
export function nothingToProbe(plain: Run | null, foreground: boolean): string | null {
  if (plain === null) return 'no launch from a plain start was asked for';
  if (foreground) return plain.starter.returnedAfterMs === null ? null : 'the program did not stay';
  if (plain.starter.returnedAfterMs === null) return 'the starter never returned';
  return plain.daemon === null ? `nothing survived the ${plain.start} start` : null;
}

function whyNot({ repeated, foreground }: Probe, quick: boolean, staying: boolean): string | null {
  if (quick && repeated) return 'it is repeated, and --quick leaves that out';
  return staying && !foreground ? 'the program stays in the foreground' : null;
}

/** One launch at a time where instances of the program get in each other's way. */
async function benchFor(means: Means): Promise<Bench> {
  const atOnce = means.atOnce > 1 && (await bearsCompany(means)) ? means.atOnce : 1;
  return openBench({ ...means, atOnce });
}

function isFound<P extends ProbeName>(found: Found<P>): found is Findings[P] {
  return found.kind !== 'unavailable' && found.kind !== 'not-run';
}

/** @param plain the run after the plainest start; null without one */
export async function runProbes(
  { names, quick }: Asked,
  plain: Run | null,
  means: Omit<Means, 'plain'>,
): Promise<Probes> {
  const { foreground } = means.declared;
  const nothing = nothingToProbe(plain, foreground);
  const asked = Object.values<Probe>(probes).filter(({ name }) => names.has(name));
  const toRun = asked.filter((probe) => (nothing ?? whyNot(probe, quick, foreground)) === null);
  const bench = plain === null || toRun.length === 0 ? null : await benchFor({ ...means, plain });
  const findings = asked.map(async (probe): Promise<[Probe, Found]> => {
    const reason = nothing ?? whyNot(probe, quick, foreground);
    if (reason !== null || bench === null) return [probe, notRun(reason ?? 'it was not asked for')];
    return [probe, await probe.run(bench).catch(asUnavailable)];
  });
  // All are awaited, so that none still launches when the first has failed.
  const done = await Promise.allSettled(findings);
  const found: [ProbeName, Found][] = [];
  for (const each of done) {
    if (each.status === 'rejected') throw each.reason;
    const [{ name, atRest }, beside] = each.value;
    const again = atRest !== undefined && bench !== null && isFound(beside);
    found.push([name, again ? await atRest(bench, beside).catch(asUnavailable) : beside]);
  }
  return Object.fromEntries(found) as Probes;
}
