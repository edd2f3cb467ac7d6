/** Steps by which a daemon takes its signals back. */

import type { Step } from '../facts/trace.ts';
import { did, listed, never, type StepExplanation } from './walk.ts';

export const keepsIgnored =
  (...names: readonly string[]): StepExplanation =>
  ({ path, start }) => {
    const ignored = names.length > 0 ? names : start.ignored.filter((name) => !spared.includes(name));
    const of = (name: string): Step | undefined =>
      path.findLast((step) => did('sigaction')(step) && step.arguments[0] === name);
    const untouched = ignored.filter((name) => of(name) === undefined);
    if (untouched.length > 0) return `sigaction(2) was never called for ${listed(untouched)}`;
    const set = ignored.filter((name) => of(name)?.arguments[1] === 'SIG_IGN');
    return set.length === 0 ? null : `sigaction(2) set ${listed(set)} to SIG_IGN`;
  };
/** Each has a requirement of its own. */
const spared: readonly string[] = ['SIGCHLD', 'SIGPIPE'];

export const ignoresOwn =
  (...names: readonly string[]): StepExplanation =>
  ({ path }) => {
    const last = names.map((name) =>
      path.findLast((step) => did('sigaction')(step) && step.arguments[0] === name),
    );
    const said = last.flatMap((step) =>
      step === undefined ? [] : [`sigaction(2) set ${step.arguments[0]} to ${step.arguments[1]}`],
    );
    return said.length === 0 ? `sigaction(2) was never called for ${listed(names)}` : listed(said);
  };

/** The mask after each call; the names of strace(1) are without SIG, `~[KILL]` are all others. */
export const keepsSignalMask: StepExplanation = (walk) => {
  const { path, start } = walk;
  const calls = path.filter(did('sigprocmask'));
  if (calls.length === 0) return never('sigprocmask', walk);
  const blocked = new Set<string>(start.blocked.map((name) => name.slice(3)));
  for (const {
    arguments: [how = '', set = ''],
  } of calls) {
    const named = (/\[(.*)\]/.exec(set)?.[1] ?? '').split(' ').filter((name) => name !== '');
    const every = set.startsWith('~');
    const inSet = (name: string): boolean => named.includes(name) !== every;
    if (how === 'SIG_SETMASK') for (const name of blocked) if (!inSet(name)) blocked.delete(name);
    if (how === 'SIG_UNBLOCK') for (const name of blocked) if (inSet(name)) blocked.delete(name);
    if (how !== 'SIG_UNBLOCK') for (const name of every ? [] : named) blocked.add(name);
  }
  const left = [...blocked].map((name) => `SIG${name}`);
  return left.length === 0 ? null : `no sigprocmask(2) unblocked ${listed(left)}`;
};
