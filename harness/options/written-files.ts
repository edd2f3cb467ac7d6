/** Every file that is written from the table of options, by its name below the package. */

import { join } from 'node:path';
import { bashCompletion, fishCompletion, zshCompletion } from './completions.ts';
import { inputBytes, readInput } from './input-file.ts';
import { manPage } from './man-page.ts';
import { batchSchema, configSchema } from './schemas.ts';

/** Of the manual page: when what it says was last changed. */
const changed = 'November 28, 2026';

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** @param root of the package */
export function writtenFiles(root: string): Readonly<Record<string, string>> {
  const batch = 'harness/cli/batch.schema.json';
  const written = readInput(batch, root, inputBytes.config);
  if (written.kind === 'unread') throw new Error(`${join(root, batch)}: ${written.because}`);
  return {
    'harness/cli/config.schema.json': json(configSchema()),
    [batch]: json(batchSchema(JSON.parse(written.text))),
    'man/daemon-conformance.1': manPage(changed),
    'completions/daemon-conformance.bash': bashCompletion(),
    'completions/_daemon-conformance': zshCompletion(),
    'completions/daemon-conformance.fish': fishCompletion(),
  };
}
