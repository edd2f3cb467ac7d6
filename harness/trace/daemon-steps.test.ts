import { expect, test } from 'vitest';
import { daemonSteps } from './daemon-steps.ts';
import { parseStrace } from './parse-strace.ts';

const shown = (text: string) => {
  const { processes, steps } = daemonSteps(parseStrace(text), 'strace 6.1');
  return {
    processes: processes.map(({ pid, parent, role, ending }) => `${pid} of ${parent}, ${role}, ${ending}`),
    steps: steps.map(
      ({ pid, call, arguments: given, result, errno }) =>
        `${pid} ${call}(${given.join(', ')}) = ${errno ?? result}`,
    ),
  };
};

test('steps are those of the processes that led to the daemon, helpers that came and went are left out', () => {
  expect(
    shown(`10 1.001 execve("/usr/bin/prog", ["prog"], 0x7ffc /* 35 vars */) = 0
10 1.002 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD, child_tidptr=0x7f) = 11
11 1.003 umask(077) = 022
11 1.004 +++ exited with 0 +++
10 1.005 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD, child_tidptr=0x7f <unfinished ...>
12 1.006 setsid() = 12
10 1.007 <... clone resumed>) = 12
10 1.008 exit_group(0) = ?
12 1.009 fork( <unfinished ...>
10 1.010 +++ exited with 0 +++
13 1.011 chdir("/") = 0
12 1.012 <... fork resumed>) = 13
12 1.013 exit_group(0) = ?
12 1.014 +++ exited with 0 +++
13 1.015 clone3({flags=CLONE_VM|CLONE_THREAD, exit_signal=0, stack=0x7f} => {parent_tid=[14]}, 88) = 14
14 1.016 chdir("/var") = 0
14 1.017 rt_sigprocmask(SIG_BLOCK, [HUP], NULL, 8) = 0
14 1.018 exit(0) = ?
14 1.019 +++ exited with 0 +++`),
  ).toEqual({
    processes: [
      '10 of null, starter, exit status 0',
      '12 of 10, intermediate, exit status 0',
      '13 of 12, daemon, null',
    ],
    steps: [
      '10 execve("/usr/bin/prog") = 0',
      '10 fork() = 11',
      '10 fork() = 12',
      '12 setsid() = 12',
      '10 exit(0) = null',
      '12 fork() = 13',
      '13 chdir("/") = 0',
      '12 exit(0) = null',
      // Threads share the directory, and each has a mask of its own.
      '13 chdir("/var") = 0',
    ],
  });
});

test('what only asks, what sets the same again and what the C library does around a fork are no steps', () => {
  expect(
    shown(`10 1.000 rt_sigaction(SIGHUP, NULL, {sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8) = 0
10 1.001 rt_sigaction(SIGHUP, {sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, {sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8) = 0
10 1.002 rt_sigaction(SIGHUP, {sa_handler=0x55705220fe40, sa_mask=[], sa_flags=0}, {sa_handler=SIG_DFL}, 8) = 0
10 1.003 rt_sigaction(SIGRT_1, {sa_handler=0x55705220fe40, sa_mask=[], sa_flags=0}, NULL, 8) = 0
10 1.004 rt_sigprocmask(SIG_BLOCK, NULL, [], 8) = 0
10 1.005 rt_sigprocmask(SIG_BLOCK, ~[], [], 8) = 0
10 1.006 rt_sigprocmask(SIG_SETMASK, [], NULL, 8) = 0
10 1.007 rt_sigprocmask(SIG_BLOCK, ~[], [], 8) = 0
10 1.008 rt_sigprocmask(SIG_SETMASK, [], NULL, 8) = 0
10 1.009 execve("/usr/local/bin/prog", ["prog"], 0x7ffc /* 35 vars */) = -1 ENOENT (No such file or directory)
10 1.010 ioctl(0</dev/pts/1>, TCGETS, {B38400 opost isig icanon echo ...}) = 0
10 1.011 ioctl(3</dev/tty>, TIOCNOTTY) = 0`).steps,
  ).toEqual([
    '10 sigaction(SIGHUP, handler) = 0',
    '10 sigprocmask(SIG_SETMASK, []) = 0',
    '10 ioctl(TIOCNOTTY) = 0',
  ]);
});

test('a loop of close(2) is one step, a file that was read and closed is none, a standard stream is one alone', () => {
  expect(
    shown(`10 1.000 openat(AT_FDCWD</srv>, "/etc/ld.so.cache", O_RDONLY|O_CLOEXEC) = 3</etc/ld.so.cache>
10 1.001 close(3</etc/ld.so.cache>) = 0
10 1.002 openat(AT_FDCWD</srv>, "/etc/passwd", O_RDONLY|O_CLOEXEC) = 3</etc/passwd>
10 1.003 close(3</etc/passwd>) = 0
10 1.004 close(5) = -1 EBADF (Bad file descriptor)
10 1.005 close(4<pipe:[1]>) = 0
10 1.006 close(3) = -1 EBADF (Bad file descriptor)
10 1.007 close(2</dev/pts/1>) = 0
10 1.008 openat(AT_FDCWD</srv>, "/dev/null", O_RDWR) = 2</dev/null>
10 1.009 close(0</dev/pts/1>) = 0
10 1.010 openat(AT_FDCWD</srv>, "/tmp/log", O_RDWR) = 0</tmp/log>
10 1.011 dup3(0</tmp/log>, 1</dev/pts/1>, 0) = 1</tmp/log>
10 1.012 dup2(0</tmp/log>, 10) = 10</tmp/log>
10 1.013 close_range(3, 4294967295, 0) = 0`).steps,
  ).toEqual([
    '10 close(5, 2) = 0',
    '10 open("/dev/null", O_RDWR) = 2</dev/null>',
    '10 close(0) = 0',
    '10 open("/tmp/log", O_RDWR) = 0</tmp/log>',
    '10 dup2(0</tmp/log>, 1) = 1</tmp/log>',
    '10 close_range(3, 4294967295) = 0',
  ]);
});

test('where nothing is left the daemon is the process that ended last, and what ended it is a step', () => {
  expect(
    shown(`10 1.000 vfork() = 11
10 1.001 exit_group(0) = ?
10 1.002 +++ exited with 0 +++
11 1.003 --- SIGSEGV {si_signo=SIGSEGV, si_code=SI_USER, si_pid=17208, si_uid=0} ---
11 1.004 +++ killed by SIGSEGV (core dumped) +++`),
  ).toEqual({
    processes: ['10 of null, starter, exit status 0', '11 of 10, daemon, ended by SIGSEGV'],
    steps: ['10 fork() = 11', '10 exit(0) = null', '11 killed(SIGSEGV) = null'],
  });
});

test('an empty text has no steps', () => {
  expect(shown('')).toEqual({ processes: [], steps: [] });
});
