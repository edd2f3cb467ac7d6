/** The policy, as far as the table of options makes it. */

import type { DeclaredOptions } from '../facts/policy.ts';
import { type OptionName, option, optionNames } from './table.ts';

/** Options that declare something, with the name it has in the policy. */
export const declarations: readonly (readonly [OptionName, string])[] = optionNames.flatMap((name) => {
  const { policy } = option(name);
  return policy === undefined ? [] : [[name, policy] as const];
});

/** What the policy says of everything that an option could declare and none does. */
export const undeclared = Object.fromEntries(
  declarations.flatMap(([name, field]) => {
    const row = option(name);
    return 'undeclared' in row ? [[field, row.undeclared]] : [];
  }),
) as unknown as DeclaredOptions;
