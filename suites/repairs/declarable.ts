/** What a program may declare instead of changing it, where what was found is one fixed value after every start. */

import { isUnreadable, type ProcessFacts } from '../../harness/facts/process.ts';
import type { Run } from '../../harness/facts/run.ts';
import type { RepairGuide } from '../../harness/judge/repair.ts';

/** The value that every daemon has; null if they differ, one could not be read, or only one start was looked at. */
function fixed<N extends 'fileModeCreationMask' | 'workingDirectory'>(
  runs: readonly Run[],
  fact: N,
): string | null {
  const values = runs.map(({ daemon, processes }): ProcessFacts[N] | null => {
    const process = processes.find(({ pid }) => pid === daemon);
    return process === undefined ? null : process[fact];
  });
  const [first] = values;
  if (first === null || first === undefined || isUnreadable(first)) return null;
  return values.length > 1 && values.every((value) => value === first) ? first : null;
}

function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export const declarable: RepairGuide['declarable'] = {
  'file-mode-creation-mask': (_result, runs) => {
    const mask = fixed(runs, 'fileModeCreationMask');
    return mask === null ? null : `--umask ${mask.replace(/^0+(?=\d{3})/, '')}`;
  },
  'working-directory': (_result, runs) => {
    const directory = fixed(runs, 'workingDirectory');
    // That in which it was started was not chosen by it.
    return directory === null || !runs.some(({ start }) => start === 'hostile')
      ? null
      : `--cwd ${word(directory)}`;
  },
  'standard-streams': ({ actual }) => {
    const [, file] = /\b1 on (\/(?!dev\/)[^,]+), 2 on \1(?:,|$)/.exec(actual ?? '') ?? [];
    return file === undefined ? null : `--stdio ${word(file)}`;
  },
  'session-leader': () => '--leader may',
  'starter-return': () => '--profile supervised',
};
