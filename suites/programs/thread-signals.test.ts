/** What a launcher started by posix_spawn(3) ignores beside what it was told to is nothing that a program gets to see. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../harness/package-root.ts';
import type { Report } from '../../harness/report/report.ts';
import { needs } from '../pace/needs.ts';

// make(1), ninja and cargo start programs so: glibc leaves its thread signals ignored, and refuses to undo it.
const ignoring =
  'my $ignore = pack("QQQQ", 1, 0, 0, 0); syscall(13, $_ + 0, $ignore, 0, 8) == 0 or die for 32, 33; exec @ARGV';

needs(
  process.arch !== 'x64' || process.platform !== 'linux'
    ? 'the number of rt_sigaction(2) is that of Linux on x64'
    : spawnSync('perl', ['-v']).error === undefined
      ? null
      : 'perl is not installed',
);

test('the hostile start is established where the thread signals of the C library are ignored', () => {
  const program = ['sh', '-c', 'trap "" USR1; (exec sleep 1000) &'];
  const options = ['-f', 'json', '--start', 'clean,hostile', '--only', 'ignored-signals'];
  const { stdout } = spawnSync(
    'perl',
    ['-e', ignoring, join(packageRoot, 'harness/bin.cjs'), ...options, ...program],
    { encoding: 'utf8' },
  );
  const { runs } = JSON.parse(stdout) as Report;
  const [, hostile] = runs;
  expect(hostile?.established['ignored-signals']?.established).toBe(true);
  for (const { processes } of runs) {
    for (const { signals } of processes) {
      expect('ignored' in signals && signals.ignored).not.toContain('SIG32');
    }
  }
});
