/** `npm run transcript`: puts a real run of the tool into README.md. Its process IDs differ from run to run. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../harness/package-root.ts';

const begin = '<!-- transcript: written by npm run transcript -->';
const end = '<!-- end of transcript -->';
const words = [
  '--start',
  'clean',
  '--only',
  'session-leader,working-directory',
  'setsid',
  '-f',
  'sleep',
  '1000',
] as const;

async function main(): Promise<void> {
  // zx is an ES module; this package is compiled to CommonJS, where only import() loads one.
  const { $ } = await import('zx');
  const bin = join(packageRoot, 'harness/bin.cjs');
  // From the root directory, so that no path of the machine it is written on gets into it.
  const { stdout } = await $({ cwd: '/usr', nothrow: true })`node ${bin} --color never ${words}`;
  const readme = join(packageRoot, 'README.md');
  const text = readFileSync(readme, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md lacks the marks ${begin} and ${end}`);
  const transcript = `\`\`\`console\n$ npx daemon-conformance ${words.join(' ')}\n${stdout.trimEnd()}\n\`\`\``;
  writeFileSync(readme, `${text.slice(0, from + begin.length)}\n\n${transcript}\n\n${text.slice(to)}`);
}

void main();
