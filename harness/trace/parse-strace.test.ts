/** Text of strace 6.1 on Debian 12, as captured; directories shortened. */

import { expect, test } from 'vitest';
import { parseStrace } from './parse-strace.ts';

/** `NAME(ARGUMENT | ARGUMENT) = RESULT`, a line an event. */
function told(text: string): readonly string[] {
  return parseStrace(text).map((event) => {
    if (event.kind === 'signal') return `${event.pid} ${event.signal}`;
    if (event.kind === 'ended') return `${event.pid} ended ${event.signal ?? event.exitCode}`;
    return `${event.pid} ${event.name}(${event.arguments.join(' | ')}) = ${event.errno ?? event.result}`;
  });
}

test('a call has its arguments, its result or its error, and its time in milliseconds', () => {
  expect(parseStrace('9312 1795268164.250000 setsid() = -1 EPERM (Operation not permitted)\n')).toEqual([
    {
      kind: 'call',
      pid: 9312,
      atMs: 1795268164250,
      name: 'setsid',
      arguments: [],
      result: null,
      errno: 'EPERM',
    },
  ]);
  expect(
    told(`20167 1795268019.360867 execve("/usr/bin/python3", ["python3", "d.py"], 0x7ffc45a4ea20 /* 35 vars */) = 0
20167 1795268019.401131 fcntl(255</srv/python3>, F_GETFL) = 0x8000 (flags O_RDONLY|O_LARGEFILE)
20167 1795268019.445794 dup2(4<pipe:[125433]>, 1</srv/out>) = 1<pipe:[125433]>
20167 1795268019.445800 umask(027) = 022
20167 1795268019.445810 rt_sigprocmask(SIG_SETMASK, ~[KILL STOP RTMIN RT_1], NULL, 8) = 0
20167 1795268019.445820 capset({version=_LINUX_CAPABILITY_VERSION_3, pid=0}, {effective=1<<CAP_CHOWN|1<<CAP_KILL, permitted=0}) = 0
20167 1795268019.446100 rt_sigaction(SIGHUP, {sa_handler=SIG_IGN, sa_mask=[HUP INT], sa_flags=0}, NULL, 8) = 0
20172 1795268019.448631 exit_group(0)   = ?
20172 1795268019.448919 +++ exited with 0 +++`),
  ).toEqual([
    '20167 execve("/usr/bin/python3" | ["python3", "d.py"] | 0x7ffc45a4ea20 /* 35 vars */) = 0',
    '20167 fcntl(255</srv/python3> | F_GETFL) = 0x8000',
    '20167 dup2(4<pipe:[125433]> | 1</srv/out>) = 1<pipe:[125433]>',
    '20167 umask(027) = 022',
    '20167 rt_sigprocmask(SIG_SETMASK | ~[KILL STOP RTMIN RT_1] | NULL | 8) = 0',
    '20167 capset({version=_LINUX_CAPABILITY_VERSION_3, pid=0} | {effective=1<<CAP_CHOWN|1<<CAP_KILL, permitted=0}) = 0',
    '20167 rt_sigaction(SIGHUP | {sa_handler=SIG_IGN, sa_mask=[HUP INT], sa_flags=0} | NULL | 8) = 0',
    '20172 exit_group(0) = null',
    '20172 ended 0',
  ]);
});

test('a call in two parts stands where it began, so that a fork comes before what its child does', () => {
  expect(
    told(`16580 1795268992.341939 vfork( <unfinished ...>
16585 1795268992.343079 execve("/usr/local/bin/true", ["true"], 0x7fffa39bbaf8 /* 35 vars */) = -1 ENOENT (No such file or directory)
16585 1795268992.343376 execve("/usr/bin/true", ["true"], 0x7fffa39bbaf8 /* 35 vars */ <unfinished ...>
16580 1795268992.343554 <... vfork resumed>) = 16585
16585 1795268992.343592 <... execve resumed>) = 0
20172 1795268019.444854 rt_sigaction(SIGTSTP, {sa_handler=SIG_DFL, sa_mask=[], sa_flags=SA_RESTORER, sa_restorer=0x7f64},  <unfinished ...>
20172 1795268019.444885 <... rt_sigaction resumed>{sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8) = 0`),
  ).toEqual([
    '16580 vfork() = 16585',
    '16585 execve("/usr/local/bin/true" | ["true"] | 0x7fffa39bbaf8 /* 35 vars */) = ENOENT',
    '16585 execve("/usr/bin/true" | ["true"] | 0x7fffa39bbaf8 /* 35 vars */) = 0',
    '20172 rt_sigaction(SIGTSTP | {sa_handler=SIG_DFL, sa_mask=[], sa_flags=SA_RESTORER, sa_restorer=0x7f64} | {sa_handler=SIG_DFL, sa_mask=[], sa_flags=0} | 8) = 0',
  ]);
});

test('a thread that executes another program takes the number of its process', () => {
  expect(
    told(`17278 1795269048.123152 execve("/bin/true", ["true"], 0x7ffcb28997a0 /* 35 vars */ <pid changed to 17262 ...>
17262 1795269048.124580 +++ superseded by execve in pid 17278 +++
17262 1795269048.124604 <... execve resumed>) = 0`),
  ).toEqual(['17278 execve("/bin/true" | ["true"] | 0x7ffcb28997a0 /* 35 vars */) = 0']);
});

test('a call that never came back has no result, and a line that broke off is passed over', () => {
  expect(
    told(`10 1.5 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD <unfinished ...>
11 1.6 <... close resumed>) = 0
11 1.7 umas`),
  ).toEqual(['10 clone(child_stack=NULL | flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD) = null']);
});

test('the flags of a thread are those of one argument', () => {
  const [call] = parseStrace(
    '16580 1795268992.345972 clone3({flags=CLONE_VM|CLONE_THREAD|CLONE_SETTLS, exit_signal=0, stack=0x7f} => {parent_tid=[16586]}, 88) = 16586',
  );
  expect(call).toMatchObject({
    result: '16586',
    arguments: [
      '{flags=CLONE_VM|CLONE_THREAD|CLONE_SETTLS, exit_signal=0, stack=0x7f} => {parent_tid=[16586]}',
      '88',
    ],
  });
});

test('no file name is taken for anything else', () => {
  expect(
    told(String.raw`16573 1795268991.660994 chdir("/h/a <unfinished ...>") = 0
16573 1795268991.661612 fchdir(3</h/a \74unfinished ...\76>) = 0
16573 1795268991.662356 chdir("/h/b\") = -1 EPERM\n1 2.0 setsid() = 3") = 0
16573 1795268991.662746 fchdir(5</h/b\") = -1 EPERM\n1 2.0 setsid() = 3>) = 0
16573 1795268991.663330 chdir("/h/c<x>,[{(") = 0
16573 1795268991.663513 openat(AT_FDCWD</h/c\74x\76,[{(>, ".", O_RDONLY|O_CLOEXEC) = 7</h/c\74x\76,[{(>
16573 1795268991.664274 chdir("/nonexistent") = -1 ENOENT (No such file or directory)`),
  ).toEqual([
    '16573 chdir("/h/a <unfinished ...>") = 0',
    String.raw`16573 fchdir(3</h/a \74unfinished ...\76>) = 0`,
    String.raw`16573 chdir("/h/b\") = -1 EPERM\n1 2.0 setsid() = 3") = 0`,
    String.raw`16573 fchdir(5</h/b\") = -1 EPERM\n1 2.0 setsid() = 3>) = 0`,
    '16573 chdir("/h/c<x>,[{(") = 0',
    String.raw`16573 openat(AT_FDCWD</h/c\74x\76,[{(> | "." | O_RDONLY|O_CLOEXEC) = 7</h/c\74x\76,[{(>`,
    '16573 chdir("/nonexistent") = ENOENT',
  ]);
});

test('signals and ends are events of their own', () => {
  expect(
    told(`22 1795269000.1 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=20172, si_uid=0, si_status=0} ---
22 1795269000.2 --- stopped by SIGTTOU ---
22 1795269000.3 +++ killed by SIGSEGV (core dumped) +++
23 1795269000.4 +++ killed by SIGTERM +++
24 1795269000.5 +++ superseded by execve in pid 22 +++`),
  ).toEqual(['22 SIGCHLD', '22 ended SIGSEGV', '23 ended SIGTERM']);
});
