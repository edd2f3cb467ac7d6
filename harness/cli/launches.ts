import type { Invocation } from '../options/arguments.ts';

/** Whether it ends in launches, unless something is wrong with what was asked for. */
export function launches({ verb, given }: Invocation): boolean {
  return (verb === 'check' || verb === 'batch') && given.help === undefined && given.version === undefined;
}
