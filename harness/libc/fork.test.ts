import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fork } from './fork.ts';

const dist = join(__dirname, '../../dist/harness/libc');
/** `npm run soak` does ten times as many. */
const times = 100;

// The heap grows and shrinks all the while, so that V8 maps and unmaps pages between the forks; each child works on
// objects of its own and of its parent's before it ends.
const manyForks = `
  const { fork } = require('${dist}/fork.js');
  const { _exit } = require('${dist}/unistd.js');
  const { waitpid } = require('${dist}/sys-wait.js');
  let kept = [];
  let lost = 0;
  for (let i = 0; i < ${times}; i++) {
    for (let j = 0; j < 3000; j++) kept.push({ j, text: 'x' + i + j });
    if (kept.length > 20000) kept = [];
    const { value } = fork();
    if (value === 0) {
      const mine = kept.map(({ text }) => text + 'y');
      _exit(mine.length === kept.length ? 7 : 1);
    }
    if (waitpid(value, 0).status !== 7 << 8) lost++;
  }
  console.log(lost + ' lost');
`;

test('a hundred forks under allocation pressure lose no child', () => {
  const output = execFileSync(process.execPath, ['--single-threaded', '-e', manyForks], { encoding: 'utf8' });
  expect(output).toBe('0 lost\n');
});

test('fork is refused in a Node that runs more than one thread of V8', () => {
  expect(() => fork()).toThrow('fork(2) needs node --single-threaded');
});
