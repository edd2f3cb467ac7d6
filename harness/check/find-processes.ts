/** Processes that already run, by what a person calls them. */

import { basename } from 'node:path';
import { isUnreadable, noSurroundings, type ProcessFacts } from '../facts/process.ts';
import { requireFitMachine } from '../observe/fit-machine.ts';
import { observer } from '../observe/system.ts';

export interface FoundProcess {
  readonly pid: number;
  /** As the system calls it; what a program did to its own name is in there. */
  readonly name: string;
}

/** Names under which a process is looked for: its own, that of its file, and its first argument without directories. */
function namesOf({ commandName, executable, commandLine }: ProcessFacts): readonly string[] {
  const [first = ''] = isUnreadable(commandLine) ? [] : commandLine;
  const written = isUnreadable(executable) ? [] : [executable.replace(/ \(deleted\)$/, '')];
  return [
    ...(isUnreadable(commandName) ? [] : [commandName]),
    ...[...written, first].map((each) => basename(each)),
  ];
}

function present(): readonly ProcessFacts[] {
  requireFitMachine();
  return observer()
    .everyProcess()
    .flatMap(({ pid }) => {
      if (pid === process.pid) return [];
      const seen = observer().observeProcess(pid, noSurroundings);
      return 'gone' in seen ? [] : [seen.facts];
    });
}

function parentOf({ parent }: ProcessFacts): number | null {
  return isUnreadable(parent) ? null : parent.pid;
}

function called(facts: ProcessFacts): FoundProcess {
  return { pid: facts.pid, name: namesOf(facts)[0] ?? '?' };
}

/**
 * Processes of that name, in the order of their IDs, without those whose parent has it as well: they are its workers,
 * and are told with it. @throws UnfitMachine
 */
export function processesNamed(name: string): readonly FoundProcess[] {
  const named = present().filter((facts) => namesOf(facts).includes(name));
  const ids = new Set(named.map(({ pid }) => pid));
  return named.filter((facts) => !ids.has(parentOf(facts) ?? -1)).map(called);
}

/** What looks like a daemon: children of process 1 that have no controlling terminal. @throws UnfitMachine */
export function everyDaemon(): readonly FoundProcess[] {
  return present()
    .filter((facts) => parentOf(facts) === 1 && facts.terminal === null)
    .map(called);
}
