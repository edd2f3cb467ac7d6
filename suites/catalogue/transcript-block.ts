/** The run of the tool that README.md shows, as it is now. */

import { join } from 'node:path';
import { packageRoot } from '../../harness/package-root.ts';

export const begin = '<!-- transcript: written by npm run transcript -->';
export const end = '<!-- end of transcript -->';

const words = ['--start', 'clean', '--only', 'session-leader', 'setsid', '-f', 'sleep', '1000'] as const;

/** With the lines that mark it as code. */
export async function transcript(): Promise<string> {
  // zx is an ES module; this package is compiled to CommonJS, where only import() loads one.
  const { $ } = await import('zx');
  const bin = join(packageRoot, 'harness/bin.cjs');
  // From a directory that every machine has, so that no path of the one it is written on gets into it.
  const { stdout } = await $({ cwd: '/usr', nothrow: true })`node ${bin} --color never ${words}`;
  return `\`\`\`console\n$ npx daemon-conformance ${words.join(' ')}\n${stdout.trimEnd()}\n\`\`\``;
}
