/** Forks in a row in a Node whose heap changes all the while. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../harness/package-root.ts';

const libc = join(packageRoot, 'dist/harness/libc');

/**
 * The heap grows and shrinks, so that V8 maps and unmaps pages between the forks; each child works on objects of its own
 * and of its parent's before it ends.
 */
const script = (times: number): string => `
  const { fork } = require('${libc}/fork.js');
  const { _exit } = require('${libc}/unistd.js');
  const { waitpid } = require('${libc}/sys-wait.js');
  let kept = [];
  let lost = 0;
  for (let i = 0; i < ${times}; i++) {
    for (let j = 0; j < 1000; j++) kept.push({ j, text: 'x' + i + j });
    if (kept.length > 20000) kept = [];
    const { value } = fork();
    if (value === 0) {
      const mine = kept.map(({ text }) => text + 'y');
      _exit(mine.length === kept.length ? 7 : 1);
    }
    if (waitpid(value, 0).status !== 7 << 8) lost++;
  }
  console.log(lost);
`;

/** @returns how many of the children were lost, or ended otherwise than they should */
export function lostForks(times: number): number {
  const argv = ['--single-threaded', '-e', script(times)];
  return Number(execFileSync(process.execPath, argv, { encoding: 'utf8' }));
}
