/** The edits in Rust, with the crate libc, for the standard library does not fork; before any thread is started. */

import type { LanguageGuide } from '../../../harness/judge/repair.ts';

const crate = '// in Cargo.toml: [dependencies] libc = "0.2"';

function orPanic(condition: string, call: string): string {
  return `if ${condition} {
    panic!("${call}: {}", std::io::Error::last_os_error());
}`;
}

export const rust: LanguageGuide = {
  sources: [
    { work: 'Rust standard library', at: 'std::process and std::fs::OpenOptions' },
    { work: 'crate libc', at: 'fork, setsid, sigprocmask' },
  ],
  top: {
    'close-descriptors': [crate],
    'reset-dispositions': [crate],
    'empty-mask': [crate],
    'clear-environment': [crate],
    fork: [crate],
    setsid: [crate],
    'second-fork': [crate],
    'null-streams': [crate],
    umask: [crate],
    pidfile: [
      crate,
      'use std::io::Write;',
      'use std::os::unix::fs::{MetadataExt, OpenOptionsExt};',
      'use std::os::unix::io::AsRawFd;',
    ],
  },
  code: {
    'close-descriptors': [
      orPanic(
        'unsafe { libc::syscall(libc::SYS_close_range, 3, libc::c_uint::MAX, 0) } == -1',
        'close_range',
      ),
    ],
    // SIGPIPE too, which the runtime sets to ignored before main().
    'reset-dispositions': [
      `for number in 1..=libc::SIGRTMAX() {
    unsafe { libc::signal(number, libc::SIG_DFL) };
}`,
    ],
    'empty-mask': [
      `unsafe {
    let mut none = std::mem::zeroed();
    libc::sigemptyset(&mut none);
    libc::sigprocmask(libc::SIG_SETMASK, &none, std::ptr::null_mut());
}`,
    ],
    'clear-environment': [
      `unsafe {
    libc::clearenv();
    libc::setenv(b"PATH\\0".as_ptr().cast(), b"/usr/bin:/bin\\0".as_ptr().cast(), 1);
}`,
    ],
    fork: [
      `let mut ready = [0; 2];
${orPanic('unsafe { libc::pipe(ready.as_mut_ptr()) } == -1', 'pipe')}
match unsafe { libc::fork() } {
    -1 => panic!("fork: {}", std::io::Error::last_os_error()),
    0 => unsafe { libc::close(ready[0]) },
    _ => unsafe {
        let mut told = 0u8;
        libc::close(ready[1]);
        let size = libc::read(ready[0], (&mut told as *mut u8).cast(), 1);
        libc::_exit(if size == 1 { 0 } else { 1 })
    },
};`,
      `// as the last step, when it can do its work
if unsafe { libc::write(ready[1], b"1".as_ptr().cast(), 1) } != 1 {
    std::process::exit(1);
}
unsafe { libc::close(ready[1]) };`,
    ],
    setsid: [orPanic('unsafe { libc::setsid() } == -1', 'setsid')],
    'second-fork': [
      `match unsafe { libc::fork() } {
    -1 => panic!("fork: {}", std::io::Error::last_os_error()),
    0 => {}
    _ => unsafe { libc::_exit(0) },
}`,
    ],
    'null-streams': [
      `let null = std::fs::File::options().read(true).write(true).open("/dev/null").expect("/dev/null");
for number in 0..=2 {
    ${orPanic('unsafe { libc::dup2(std::os::unix::io::AsRawFd::as_raw_fd(&null), number) } == -1', 'dup2').replaceAll('\n', '\n    ')}
}
drop(null);`,
    ],
    umask: ['unsafe { libc::umask(0) };'],
    chdir: ['std::env::set_current_dir("/").expect("/");'],
    pidfile: [
      `let mut pidfile = std::fs::File::options()
    .read(true)
    .write(true)
    .create(true)
    .mode(0o644)
    .custom_flags(libc::O_NOFOLLOW)
    .open("/run/mydaemon.pid")
    .expect("pidfile");
let file = pidfile.metadata().expect("pidfile");
if !file.is_file() || file.nlink() != 1 {
    panic!("pidfile: no file of its own");
}
if unsafe { libc::flock(pidfile.as_raw_fd(), libc::LOCK_EX | libc::LOCK_NB) } == -1 {
    panic!("pidfile: it runs already: {}", std::io::Error::last_os_error());
}
pidfile.set_len(0).expect("pidfile");
pidfile.write_all(format!("{}\\n", std::process::id()).as_bytes()).expect("pidfile");
std::mem::forget(pidfile); // open as long as it runs`,
    ],
  },
};
