/**
 * System calls that a kernel or a filter of seccomp(2) refuses, by injection, strace(1): a lesser verdict that says so,
 * or status 3 and one line, and nothing that hangs.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../../harness/package-root.ts';

/** In place of a call, in the harness and in all that comes of it. */
function injected(injections: readonly string[], argv: readonly string[]) {
  const directory = mkdtempSync(join(tmpdir(), 'refused-calls-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const calls = injections.map((injection) => injection.split(':')[0]).join(',');
  const { status, stdout, stderr } = spawnSync(
    'strace',
    [
      ...['-f', '-qq', '-o', '/dev/null', '-e', `trace=${calls}`],
      ...injections.flatMap((injection) => ['-e', `inject=${injection}`]),
      ...[process.execPath, '--single-threaded', join(packageRoot, 'harness/bin.cjs'), ...argv],
    ],
    { encoding: 'utf8', env: { PATH: process.env.PATH, TMPDIR: directory } },
  );
  return { status, stdout, stderr };
}

const works = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0;
const program = ['sh', '-c', 'cd /; exec sleep 1000 &'] as const;

describe.skipIf(!works)('refused (needs strace, and to be permitted to trace)', () => {
  test.each([
    ['close_range:error=ENOSYS'],
    ['close_range:error=EPERM'],
    ['poll:error=EINTR:when=1+2'],
    ['unshare:error=EPERM', 'setns:error=EPERM', 'ptrace:error=EPERM'],
    ['clone3:error=ENOSYS', 'pidfd_open:error=ENOSYS'],
    ['pidfd_open:error=EPERM', 'pidfd_send_signal:error=EPERM'],
  ])('%s', (...injections) => {
    const only = 'working-directory,inherited-descriptors';
    const argv = ['--start', 'clean,hostile', '--only', only, '-f', 'json', ...program];
    const { status, stdout, stderr } = injected(injections, argv);
    const refused = injections.flatMap((each) => /^pidfd_open:error=(.*)/.exec(each)?.[1] ?? []);
    const told = refused.map(
      (errno) =>
        `daemon-conformance: no launch can have a world of its own: pidfd_open(2): ${errno}: the program is launched outside (doctor says what would help, --isolation none that it is meant)\n`,
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: told.join('') });
    const { results } = JSON.parse(stdout) as { results: { id: string; outcome: string }[] };
    expect(results.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['working-directory', 'pass'],
      ['inherited-descriptors', 'fail'],
    ]);
  });

  test('without a subreaper nothing is launched, and one line says so', () => {
    expect(injected(['prctl:error=EPERM'], ['--quick', ...program])).toEqual({
      status: 3,
      stdout: '',
      stderr: 'daemon-conformance: nothing can be launched here: prctl(PR_SET_CHILD_SUBREAPER): EPERM\n',
    });
  });

  test('a kernel that forks no more is told of in one line', () => {
    const { status, stdout, stderr } = injected(['clone:error=EAGAIN:when=2+'], ['--quick', ...program]);
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toMatch(/^daemon-conformance: .*EAGAIN\n$/);
  });
});
