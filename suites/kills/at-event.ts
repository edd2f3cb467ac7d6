/**
 * Preloaded into the command line (`node --require`): ends who is to be ended the moment this process has read the n-th
 * event of the launcher, so that a kill can be repeated at exactly the same place. Every event is such a place, since
 * between two of them nothing changes but who is next to act.
 *
 * It reads with JSON.parse() what the product reads, and changes nothing of it. With `event` 0 it only counts.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { StageEvent } from '../../harness/launch/protocol.ts';

export type Victim = 'harness' | 'launcher' | 'stage';

export interface KillOrder {
  /** The first is 1; with 0 nobody is killed. */
  readonly event: number;
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

/** proc_pid_stat(5), field 4; null once it is gone. */
function parentOf(pid: number): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

function kill(pid: number | null, signal: NodeJS.Signals): void {
  if (pid === null || pid <= 1) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

function obey({ event: wanted, signal, victims, countFile, witness }: KillOrder): void {
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
    const stage = stages.get(event.launch) ?? null;
    if (victims.includes('stage')) kill(stage, signal);
    if (victims.includes('launcher')) kill(launcher, signal);
    // Itself last, or nobody else would be reached.
    if (victims.includes('harness')) kill(process.pid, signal);
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
