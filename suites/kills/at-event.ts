/**
 * Preloaded into the command line (`node --require`): ends who is to be ended the moment this process has read the n-th
 * event of the launcher, so that a kill can be repeated at exactly the same place. Every event is such a place, since
 * between two of them nothing changes but who is next to act.
 *
 * It reads with JSON.parse() what the product reads, and changes nothing of it. With `event` 0 it only counts.
 */

import fs, { readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import type { StageEvent } from '../../harness/launch/protocol.ts';
import { childrenOf, killVictims, parentOf, type Victim } from './victims.ts';

/** `scratch`: the launcher has made the directory of the run, and done nothing else since. */
export type KillEvent = number | 'scratch';

export interface KillOrder {
  /** The first is 1; with 0 nobody is killed. */
  readonly event: KillEvent;
  readonly signal: NodeJS.Signals;
  readonly victims: readonly Victim[];
  /** Where the number of events is written when the process ends by itself. */
  readonly countFile: string | null;
  /** What is in the directory when the signal is sent is written to the file, as JSON. */
  readonly witness: { readonly directory: string; readonly file: string } | null;
}

/** The variable that holds the order, as JSON. */
export const orderVariable = 'KILL_AT_EVENT';

const eventTypes: ReadonlySet<string> = new Set<StageEvent['type']>([
  'stage',
  'started',
  'not-started',
  'returned',
  'ended',
  'below',
  'output',
  'notified',
  'output-closed',
  'acted',
  'over',
  'lost',
]);

function isEvent(value: unknown): value is StageEvent {
  return (
    typeof value === 'object' &&
    value !== null &&
    'launch' in value &&
    'type' in value &&
    typeof value.type === 'string' &&
    eventTypes.has(value.type)
  );
}

/** In the launcher, which is a fork of this process: the directory of the run is the first it makes in that for all. */
function watchScratch(harness: number, { signal, victims }: KillOrder): void {
  for (const name of ['mkdirSync', 'mkdtempSync'] as const) {
    const make = fs[name] as (...given: unknown[]) => unknown;
    const watched = (...given: unknown[]): unknown => {
      const made = make(...given);
      if (parentOf('self') === harness && dirname(String(given[0])) === tmpdir()) {
        const launcher = Number(fs.readlinkSync('/proc/self'));
        const others: Victim[] = victims.filter((victim) => victim !== 'launcher');
        killVictims(others, signal, { harness, launcher, stage: childrenOf(launcher).at(-1) ?? null });
        if (victims.includes('launcher')) process.kill(launcher, signal);
      }
      return made;
    };
    fs[name] = watched as never;
  }
}

function obey(order: KillOrder): void {
  const { event: wanted, signal, victims, countFile, witness } = order;
  if (wanted === 'scratch') watchScratch(process.pid, order);
  const { parse } = JSON;
  const stages = new Map<number, number>();
  let launcher: number | null = null;
  let count = 0;
  const happened = (event: StageEvent): void => {
    count++;
    if (event.type === 'stage') {
      stages.set(event.launch, event.pid);
      launcher ??= parentOf(event.pid);
    }
    if (count !== wanted) return;
    if (witness !== null) writeFileSync(witness.file, JSON.stringify(readdirSync(witness.directory)));
    killVictims(victims, signal, {
      harness: process.pid,
      launcher,
      stage: stages.get(event.launch) ?? null,
    });
  };
  JSON.parse = (text: string, reviver?: Parameters<typeof parse>[1]): unknown => {
    const value: unknown = parse(text, reviver);
    if (isEvent(value)) happened(value);
    return value;
  };
  process.on('exit', () => {
    if (countFile !== null && count > 0) writeFileSync(countFile, String(count));
  });
}

const order = process.env[orderVariable];
if (order !== undefined) obey(JSON.parse(order) as KillOrder);
