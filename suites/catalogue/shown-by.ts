/** Which programs of the matrix show the failure of a requirement. */

import { behaviours } from '../programs/expectations/probed.ts';
import { matrix } from '../programs/matrix.ts';
import type { ShowingProgram } from './table.ts';

export function shownBy(id: string): readonly ShowingProgram[] {
  const seen = matrix
    .filter(({ shows }) => (shows as readonly string[]).includes(id))
    .map(({ name, program }) => ({
      name,
      file: program.kind === 'command' ? null : `fixtures/${program.path}.ts`,
    }));
  const probed = behaviours
    .filter(({ fails }) => (fails as readonly string[]).includes(id))
    .map(({ fixture }) => ({ name: fixture, file: `fixtures/${fixture}.ts` }));
  const all = [...seen, ...probed];
  return all.filter(({ name }, i) => all.findIndex((other) => other.name === name) === i);
}
