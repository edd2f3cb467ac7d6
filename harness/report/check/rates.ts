/** What was tried many times: how often it went well. */

import type { ProbeOutcome, Probes } from '../../facts/finding.ts';
import { rateOf } from '../../judge/rate.ts';

export interface Rate {
  readonly name: string;
  /** What went well, as the beginning of a sentence that the rate ends. */
  readonly what: string;
  readonly well: number;
  readonly of: number;
  /** What happened otherwise; empty where it never did. */
  readonly otherwise: string;
}

/** Of everything that was tried more than once. */
export function ratesOf(probes: Probes): readonly Rate[] {
  return Object.entries(probes).flatMap(([name, found]) => {
    const counted = countedOf(found);
    return counted !== null && counted.of > 1 ? [{ name, ...counted }] : [];
  });
}

type RateCount = Omit<Rate, 'name'>;

function countedOf(found: ProbeOutcome): RateCount | null {
  switch (found.kind) {
    case 'survival': {
      const { survived: well, attempts: of } = found;
      const endings = found.endings.map(({ how, count }) => `${how} ${count} times`).slice(0, 6);
      return { what: 'the daemon survived', well, of, otherwise: endings.join(', ') };
    }
    case 'scheduled-starts': {
      // For information: the starts in which processes were held have decided.
      const { sampled } = found;
      if (sampled === null) return null;
      return counted(
        'as starts fall, the daemon survived',
        sampled.survived,
        sampled.attempts,
        'it was ended',
      );
    }
    case 'interruptions': {
      const { clean, attempts, sampledBecause } = found;
      // Moments that were chosen by an event are no sample.
      if (sampledBecause === null) return null;
      return counted('nothing was left after', clean, attempts, 'something was left');
    }
    case 'glimpses': {
      const { attempts, unfinished } = found;
      const well = attempts - unfinished.length;
      return counted('it was never seen unfinished in', well, attempts, 'it was seen unfinished');
    }
    case 'pidfile': {
      const { complete, attempts } = found;
      const otherwise = 'not complete when the starter had returned';
      return counted('it was complete after', complete, attempts, otherwise);
    }
    case 'readiness': {
      const { ready, attempts } = found;
      return counted(
        'the daemon was ready after',
        ready,
        attempts,
        'not ready when its starter had returned',
      );
    }
    default:
      return null;
  }
}

function counted(what: string, well: number, of: number, otherwise: string): RateCount {
  return { what, well, of, otherwise: well === of ? '' : otherwise };
}

/** `leader-start: the daemon survived 60 of 60 (95 % interval 94 to 100 %)` */
export function rateLines(probes: Probes): string[] {
  return ratesOf(probes).map(({ name, what, well, of }) => `${name}: ${what} ${rateOf(well, of)}`);
}
