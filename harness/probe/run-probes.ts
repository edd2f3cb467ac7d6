/** Runs the probes that were asked for, side by side, and says of the others why they were not. */

import {
  notRun,
  type ProbeName,
  type ProbeOutcome,
  type Probes,
  type Unavailable,
  unavailable,
} from '../facts/finding.ts';
import type { Run } from '../facts/run.ts';
import { asUnavailable } from './as-unavailable.ts';
import { instancesCoexist } from './coexistence.ts';
import { probes } from './index.ts';
import type { Probe } from './probe.ts';
import { openProbeContext, type ProbeContext, type ProbeRequest } from './probe-context.ts';

export interface ProbeSelection {
  /** Names of the probes whose requirements are to be judged. */
  readonly names: ReadonlySet<ProbeName>;
  /** Leave out those that launch many times. */
  readonly quick: boolean;
  /** Aborts when no time is left for what is still running: it has found nothing then. */
  readonly deadline?: AbortSignal | null;
  /** Told how many turns were asked for before the first of them begins. */
  readonly expect?: (turns: number) => void;
  readonly onProgress?: (progress: ProbingProgress) => void;
}

/** How far probing is: told when it begins and whenever a probe has ended. */
export interface ProbingProgress {
  readonly done: number;
  readonly of: number;
  /** Those that run; the first has run longest. */
  readonly running: readonly ProbeName[];
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
async function contextFor(means: ProbeRequest): Promise<ProbeContext> {
  const apart = means.emptyWorld !== null;
  const atOnce = apart || (means.atOnce > 1 && (await instancesCoexist(means))) ? means.atOnce : 1;
  return openProbeContext({ ...means, atOnce });
}

/** @param plain the baseline run, after the plainest start; null without one */
export async function runProbes(
  { names, quick, deadline = null, expect = () => undefined, onProgress = () => undefined }: ProbeSelection,
  plain: Run | null,
  means: Omit<ProbeRequest, 'plain'>,
): Promise<Probes> {
  const { foreground } = means.declared;
  const nothing = nothingToProbe(plain, foreground);
  const asked = Object.values<Probe>(probes).filter(({ name }) => names.has(name));
  const toRun = asked.filter((probe) => (nothing ?? whyNot(probe, quick, foreground)) === null);
  const orTooLate = (error: unknown): Unavailable => {
    if (deadline?.aborted === true && error === deadline.reason) {
      return unavailable('the deadline of the check came first', 'a longer --deadline');
    }
    return asUnavailable(error);
  };
  const context =
    plain === null || toRun.length === 0 ? null : await contextFor({ ...means, plain }).catch(orTooLate);
  const running = new Set(toRun.map(({ name }) => name));
  const tell = (): void =>
    onProgress({ done: toRun.length - running.size, of: toRun.length, running: [...running] });
  tell();
  const findings = asked.map(async (probe): Promise<[Probe, ProbeOutcome]> => {
    const reason = nothing ?? whyNot(probe, quick, foreground);
    if (context !== null && 'kind' in context && reason === null) return [probe, context];
    if (reason !== null || context === null || 'kind' in context)
      return [probe, notRun(reason ?? 'it was not asked for')];
    const finding = await probe.run(context).catch(orTooLate);
    running.delete(probe.name);
    tell();
    return [probe, finding];
  });
  if (context !== null && !('kind' in context)) expect(context.turnsAsked());
  // All are awaited, so that none still launches when the first has failed.
  const done = await Promise.allSettled(findings);
  const found: [ProbeName, ProbeOutcome][] = [];
  for (const each of done) {
    if (each.status === 'rejected') throw each.reason;
    const [{ name }, what] = each.value;
    found.push([name, what]);
  }
  return Object.fromEntries(found) as Probes;
}
