import { readFileSync } from 'node:fs';
import { waitpid } from '../../../harness/libc/sys-wait.ts';
import { libcPromise, type Sighting } from '../run/promise.ts';
import { saw } from '../run/seen.ts';
import type { LibcProgram } from '../scenery/libc-program.ts';

/** A stdio buffer with one line, then fork(): how often the line is in the file after both processes have ended. */
function bufferAfterFork(program: LibcProgram, directory: string, second: 'exit' | '_exit'): Sighting {
  const path = `${directory}/stream`;
  const stream = program.call('fopen', path, 'w').raw;
  program.call('fputs', 'line\n', stream);
  program.send('fork');
  const child = Math.max(program.answer()?.value ?? 0, program.answer()?.value ?? 0);
  // Either process may take either request: the outcome is the same.
  program.send('exit', 0);
  program.send(second, 0);
  program.answer();
  waitpid(program.pid, 0);
  const count = readFileSync(path, 'latin1').split('line').length - 1;
  return saw(
    count === 2 ? 'twice' : count === 1 ? 'once' : `${count} times`,
    `fork() gave ${child}, exit() and ${second}()`,
  );
}

libcPromise(
  'exit() after fork() writes a shared stdio buffer twice',
  {
    id: 'fork/stdio-exit',
    clause: 'POSIX.1-2024 XSH exit(), and fork(), RATIONALE',
    rows: ['K-FORK-11'],
    expect: 'twice',
    supports: ['terminal-output', 'captured-output'],
  },
  (program, { scratch }) => bufferAfterFork(program, scratch(), 'exit'),
);

libcPromise(
  '_exit() after fork() leaves a shared stdio buffer to the other process',
  {
    id: 'fork/stdio-_exit',
    clause: 'POSIX.1-2024 XSH _Exit(), DESCRIPTION: open streams are not flushed',
    rows: ['K-FORK-11'],
    expect: 'once',
    supports: ['terminal-output', 'captured-output'],
  },
  (program, { scratch }) => bufferAfterFork(program, scratch(), '_exit'),
);
