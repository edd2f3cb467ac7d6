import { libcPromise } from '../run/promise.ts';
import { either, unsupported } from '../run/seen.ts';

libcPromise(
  '_Fork() creates a process as fork() does',
  { id: 'fork/_Fork', clause: 'POSIX.1-2024 XSH _Fork(), Issue 8', expect: 'new process' },
  (program) => {
    if (!program.has('_Fork')) return unsupported('the C library has no _Fork()');
    program.send('_Fork');
    const values = [program.answer()?.value, program.answer()?.value];
    program.end();
    return either(
      values.includes(0) && values.some((value) => value !== undefined && value > 0),
      'new process',
      'something else',
      `returned ${values.join(' and ')}`,
    );
  },
);
