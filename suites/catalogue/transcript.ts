/** `npm run transcript`: puts a real run of the tool into README.md. Its process IDs differ from run to run. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../harness/package-root.ts';
import { begin, end, transcript } from './transcript-block.ts';

async function main(): Promise<void> {
  const readme = join(packageRoot, 'README.md');
  const text = readFileSync(readme, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md lacks the marks ${begin} and ${end}`);
  writeFileSync(
    readme,
    `${text.slice(0, from + begin.length)}\n\n${await transcript()}\n\n${text.slice(to)}`,
  );
}

void main();
