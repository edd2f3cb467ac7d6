/** The steps of a trace as a person would write them, in pieces of one process after the other. */

import type { Step, StepTrace, TracedProcess } from '../../facts/trace.ts';
import { bounded } from '../escape/bounded.ts';

export interface StepPhrase {
  /** `setsid() = 402`, `dup2(3, 0)`, `setsid() = EPERM` */
  readonly words: string;
  readonly atMs: number;
  readonly failed: boolean;
  /** From here on its process is in a session of its own. */
  readonly parts: boolean;
}

export interface StepPiece {
  readonly pid: number;
  readonly role: TracedProcess['role'];
  readonly phrases: readonly StepPhrase[];
}

const signalsAtMost = 4;
const charactersAtMost = 160;

/** What it returned says something only there. */
const tellsResult: ReadonlySet<Step['call']> = new Set(['fork', 'setsid', 'open']);

/** @param every also what the starter did before it executed the program that became the daemon */
export function stepPieces(trace: StepTrace, { every }: { readonly every: boolean }): readonly StepPiece[] {
  const steps = every ? trace.steps : withoutPrelude(trace);
  const pieces: { pid: number; role: TracedProcess['role']; steps: Step[] }[] = [];
  for (const step of steps) {
    const last = pieces.at(-1);
    if (last?.pid === step.pid) last.steps.push(step);
    else {
      const role = trace.processes.find(({ pid }) => pid === step.pid)?.role ?? 'survivor';
      pieces.push({ pid: step.pid, role, steps: [step] });
    }
  }
  return pieces.map(({ pid, role, steps: own }) => ({ pid, role, phrases: phrasesOf(own) }));
}

/** An interpreter and its wrappers prepare themselves first; that is no step of a daemon yet. */
const preparing: ReadonlySet<Step['call']> = new Set([
  'execve',
  'sigaction',
  'sigprocmask',
  'open',
  'close',
  'dup2',
]);

function withoutPrelude({ steps, processes }: StepTrace): readonly Step[] {
  const starter = processes[0]?.pid;
  const last = steps.findLastIndex(
    ({ pid, call, errno }) => pid === starter && call === 'execve' && errno === null,
  );
  const before = steps.slice(0, Math.max(0, last));
  return before.every(({ call }) => preparing.has(call)) ? steps.slice(Math.max(0, last)) : steps;
}

function phrasesOf(steps: readonly Step[]): readonly StepPhrase[] {
  const phrases: StepPhrase[] = [];
  for (let at = 0; at < steps.length; ) {
    const row = rowOf(steps, at);
    const [first] = row;
    if (first === undefined) break;
    at += row.length;
    const { atMs, call, errno } = first;
    const words = bounded(row.length > 1 ? dispositions(row) : wordsOf(first), charactersAtMost);
    phrases.push({ words, atMs, failed: errno !== null, parts: call === 'setsid' && errno === null });
  }
  return phrases;
}

/** Calls of sigaction(2) in a row that set the same. */
function rowOf(steps: readonly Step[], from: number): readonly Step[] {
  const first = steps[from];
  if (first === undefined) return [];
  const alike = (step: Step): boolean =>
    step.call === 'sigaction' && step.arguments[1] === first.arguments[1] && step.errno === first.errno;
  let to = from + 1;
  for (
    let next = steps[to];
    first.call === 'sigaction' && next !== undefined && alike(next);
    next = steps[to]
  )
    to++;
  return steps.slice(from, to);
}

function dispositions(row: readonly Step[]): string {
  const names = row.map(({ arguments: [signal = ''] }) => signal);
  const shown = names.length > signalsAtMost ? `${names.length} signals` : names.join(' ');
  return `sigaction(${shown}, ${row[0]?.arguments[1] ?? ''})`;
}

function wordsOf({ call, arguments: given, result, errno }: Step): string {
  if (call === 'killed') return `ended by ${given[0]}`;
  const shown = call === 'dup2' ? [/^\d+/.exec(given[0] ?? '')?.[0] ?? '', given[1] ?? ''] : given;
  const range = call === 'close' && given.length > 1;
  const calling = range ? `close(${given[0]}) to close(${given[1]})` : `${call}(${shown.join(', ')})`;
  if (errno !== null) return `${calling} = ${errno}`;
  // Of a descriptor the number; its path has just been named.
  return result === null || !tellsResult.has(call) ? calling : `${calling} = ${result.replace(/<.*$/, '')}`;
}
