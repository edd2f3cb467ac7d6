/** Sentences that no fixture shows alone, and the table of them. */

import { describe, expect, test } from 'vitest';
import { requirements } from '../../suites/requirements/index.ts';
import type { StartName } from '../facts/start-state.ts';
import { daemonSteps } from './daemon-steps.ts';
import { explainedRequirements, missingStep } from './missing-step.ts';
import { parseStrace } from './parse-strace.ts';

/** A line a step, without its time: `10 fork() = 11`. Forks and exits are written as strace(1) does. */
function sentence(requirement: string, lines: readonly string[], start: StartName = 'clean'): string | null {
  const text = lines
    .map((line, i) => line.replace(/^(\d+) /, `$1 1.${String(i).padStart(6, '0')} `))
    .join('\n');
  return missingStep(requirement, daemonSteps(parseStrace(text), 'strace 6.1'), start);
}

const forked = [
  '10 execve("/x", ["x"], 0x7f /* 3 vars */) = 0',
  '10 fork() = 11',
  '10 exit_group(0) = ?',
  '10 +++ exited with 0 +++',
];
const sigaction = (signal: string, handler: string): string =>
  `11 rt_sigaction(${signal}, {sa_handler=${handler}, sa_mask=[], sa_flags=0}, {sa_handler=0x5, sa_mask=[], sa_flags=0}, 8) = 0`;

describe('the step that is named', () => {
  test('is of the way to the daemon: what its ancestors did later does not count', () => {
    const late = [
      '10 fork() = 11',
      '10 setsid() = 10',
      '10 umask(022) = 022',
      '10 exit_group(0) = ?',
      '10 +++ exited with 0 +++',
      '11 chdir("/srv") = 0',
    ];
    expect(sentence('session', late)).toBe(
      'setsid(2) succeeded in process 10, of which the daemon 11 is no child',
    );
    expect(sentence('file-mode-creation-mask', late)).toBe(
      'umask(2) was called in process 10, but not in the daemon',
    );
    expect(sentence('working-directory', late)).toBe('the last chdir(2) went to "/srv"');
    // Before the fork it is handed on.
    const early = ['10 umask(000) = 022', ...forked];
    expect(sentence('file-mode-creation-mask', early)).toBe('the last umask(2) set 000');
  });

  test.each([
    ['session-leader', ['11 setsid() = 11'], 'setsid(2) succeeded, no fork(2) followed'],
    [
      'session-leader',
      [
        '11 setsid() = 11',
        '11 fork() = 12',
        '11 exit_group(0) = ?',
        '11 +++ exited with 0 +++',
        '12 chdir("/") = 0',
      ],
      null,
    ],
    ['session', ['11 setsid() = 11'], null],
    ['session', ['11 setsid() = -1 EPERM (Operation not permitted)'], 'setsid(2) failed with EPERM'],
    ['working-directory', ['11 chdir("/") = 0'], null],
    [
      'working-directory',
      ['11 chdir("/srv") = -1 EACCES (Permission denied)'],
      'chdir(2) to "/srv" failed with EACCES',
    ],
    ['working-directory', ['11 fchdir(3</var/lib>) = 0'], 'the last chdir(2) went to "/var/lib"'],
    [
      'standard-streams',
      [
        '11 close(0) = 0',
        '11 openat(AT_FDCWD</>, "/dev/null", O_RDWR) = 0</dev/null>',
        '11 dup2(0</dev/null>, 1) = 1',
      ],
      'no dup2(2) onto 2',
    ],
    [
      'standard-streams',
      ['11 close_range(0, 4294967295, 0) = 0'],
      'no open(2) came after the close_range(2) of 0, 1 and 2',
    ],
    [
      'inherited-descriptors',
      ['11 close_range(3, 4294967295, 0) = -1 ENOSYS (Function not implemented)'],
      'close_range(2) failed with ENOSYS',
    ],
    ['inherited-descriptors', ['11 close_range(3, 4294967295, 0) = 0'], null],
    [
      'inherited-descriptors',
      ['11 close_range(3, 4294967295, CLOSE_RANGE_CLOEXEC) = 0'],
      'close_range(2) went from 3 to 4294967295 with CLOSE_RANGE_CLOEXEC',
    ],
    ['sighup-disposition', [sigaction('SIGHUP', 'SIG_IGN')], 'sigaction(2) set SIGHUP to SIG_IGN'],
    ['starter-exit-status', [], null],
    ['stability', ['11 exit_group(1) = ?', '11 +++ exited with 1 +++'], 'exit(1) ended process 11'],
    ['stability', [], null],
    ['user-ids', [], 'setuid(2) was never called'],
    [
      'supplementary-groups',
      ['11 setuid(33) = 0', '11 setgroups(1, [33]) = -1 EPERM (Operation not permitted)'],
      'setgroups(2) failed with EPERM, setuid(2) had come before it',
    ],
  ] as const)('of %s after %j is %j', (requirement, lines, expected) => {
    expect(sentence(requirement, [...forked, ...lines])).toBe(expected);
  });

  test.each([
    ['ignored-signals', [sigaction('SIGUSR1', 'SIG_DFL')], 'sigaction(2) was never called for SIGTTIN'],
    [
      'ignored-signals',
      [sigaction('SIGUSR1', 'SIG_DFL'), sigaction('SIGTTIN', 'SIG_IGN')],
      'sigaction(2) set SIGTTIN to SIG_IGN',
    ],
    ['ignored-sigchld', [sigaction('SIGCHLD', 'SIG_DFL')], null],
    [
      'signal-mask',
      ['11 rt_sigprocmask(SIG_UNBLOCK, [TERM], NULL, 8) = 0'],
      'no sigprocmask(2) unblocked SIGUSR2 and SIGALRM',
    ],
    [
      'signal-mask',
      ['11 rt_sigprocmask(SIG_SETMASK, ~[TERM KILL], NULL, 8) = 0'],
      'no sigprocmask(2) unblocked SIGUSR2 and SIGALRM',
    ],
    ['signal-mask', ['11 rt_sigprocmask(SIG_SETMASK, [], NULL, 8) = 0'], null],
  ] as const)('of %s after a hostile start and %j is %j', (requirement, lines, expected) => {
    expect(sentence(requirement, [...forked, ...lines], 'hostile')).toBe(expected);
  });

  test('of a leader that was started as one is the fork() that did not follow', () => {
    expect(sentence('session-leader', ['10 chdir("/") = 0'], 'detached')).toBe(
      'it was started as a session leader, no fork(2) followed',
    );
    expect(sentence('session-leader', forked, 'detached')).toBe(null);
  });

  test('of a starter is what it never did, or how it ended', () => {
    expect(sentence('starter-return', ['10 chdir("/") = 0'])).toBe(
      'neither fork(2) nor exit(2) was called by the starter',
    );
    expect(sentence('starter-return', ['10 fork() = 11', '11 setsid() = 11'])).toBe(
      'fork(2) succeeded, no exit(2) of the starter followed',
    );
    expect(
      sentence('starter-exit-status', ['10 fork() = 11', '10 +++ killed by SIGSEGV +++', '11 setsid() = 11']),
    ).toBe('SIGSEGV ended the starter');
  });

  test('of a requirement no step explains, and of an empty trace, is none', () => {
    expect(sentence('zombie-children', forked)).toBe(null);
    expect(sentence('session', [])).toBe(null);
  });
});

test('every requirement that is explained is in the catalogue', () => {
  const known = requirements.map(({ id }) => id);
  expect(explainedRequirements().filter((id) => !known.includes(id))).toEqual([]);
});
