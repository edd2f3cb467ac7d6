/**
 * Whether the word of a promise's process can be taken: exactly one report, from that process itself and about that
 * promise, and an orderly exit after it. A forked child that fell through to its parent's report, a crash after the
 * report and a report of something else all leave the promise unresolved.
 */

import { signalName } from '../../../harness/libc/platform.ts';
import { ending } from '../../../harness/libc/sys-wait.ts';
import type { Observation } from './judge.ts';

/** What the process writes: one line of JSON. */
export interface Word {
  readonly promise: string;
  readonly pid: number;
  readonly observation: Observation;
}

const unresolved = (because: string): Observation => ({ type: 'unresolved', because });

function parse(line: string): Word | null {
  try {
    const word = JSON.parse(line) as Partial<Word> | null;
    const type = word?.observation?.type;
    const known = type === 'seen' || type === 'unsupported' || type === 'unresolved';
    return known && typeof word?.pid === 'number' && typeof word.promise === 'string' ? (word as Word) : null;
  } catch {
    return null;
  }
}

function howItEnded(waitStatus: number): string {
  const how = ending(waitStatus);
  if (how === null) return `has wait status ${waitStatus}`;
  return how.signal === null ? `exited with ${how.exitCode}` : `was ended by ${signalName(how.signal)}`;
}

/** @param text everything that came through the report pipe */
export function interpret(text: string, promise: string, pid: number, waitStatus: number): Observation {
  const ended = howItEnded(waitStatus);
  if (text === '') return unresolved(`its process ${ended} without a report`);
  const lines = text.split('\n').filter((line) => line !== '');
  const words = lines.map(parse);
  const [word] = words;
  if (word === undefined || word === null || !text.endsWith('\n')) {
    return unresolved(
      `its process ${ended} and left a report that cannot be read: ${JSON.stringify(text.slice(0, 80))}`,
    );
  }
  if (words.length > 1) return unresolved(`${words.length} reports came, where its process has one to give`);
  if (word.pid !== pid) return unresolved(`the report came from process ${word.pid}, its process is ${pid}`);
  if (word.promise !== promise) return unresolved(`the report is about ${word.promise}`);
  if (waitStatus !== 0) return unresolved(`its process reported and then ${ended}`);
  return word.observation;
}
