/** Which programs of the matrix show the failure of a requirement. */

import { matrix } from '../programs/matrix.ts';
import type { Shown } from './table.ts';

export function shownBy(id: string): readonly Shown[] {
  return matrix
    .filter(({ shows }) => (shows as readonly string[]).includes(id))
    .map(({ name, program }) => ({
      name,
      file: program.kind === 'command' ? null : `fixtures/${program.path}.ts`,
    }));
}
