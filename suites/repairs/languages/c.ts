/** The edits in C. */

import type { LanguageGuide } from '../../../harness/judge/repair.ts';

function includes(...headers: readonly string[]): readonly string[] {
  return headers.map((name) => `#include <${name}>`);
}

export const c: LanguageGuide = {
  sources: [
    { work: 'daemon(7)', at: 'SysV Daemons' },
    { work: 'close_range(2), fork(2), setsid(2), sigprocmask(2)', at: 'DESCRIPTION' },
  ],
  top: {
    'open-streams': includes('fcntl.h', 'unistd.h'),
    'close-descriptors': includes('sys/syscall.h', 'unistd.h'),
    'reset-dispositions': includes('signal.h'),
    'empty-mask': includes('signal.h'),
    'clear-environment': includes('stdlib.h'),
    fork: includes('err.h', 'unistd.h'),
    setsid: includes('err.h', 'unistd.h'),
    'second-fork': includes('err.h', 'unistd.h'),
    'null-streams': includes('err.h', 'fcntl.h', 'unistd.h'),
    umask: includes('sys/stat.h'),
    chdir: includes('err.h', 'unistd.h'),
    pidfile: includes('err.h', 'fcntl.h', 'stdio.h', 'sys/file.h', 'sys/stat.h', 'unistd.h'),
  },
  code: {
    'open-streams': [
      `int spare;
do spare = open("/dev/null", O_RDWR); while (spare >= 0 && spare <= 2);
close(spare);`,
    ],
    'close-descriptors': ['syscall(SYS_close_range, 3, ~0U, 0);   /* closefrom(3) on the BSDs */'],
    'reset-dispositions': [`for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);`],
    'empty-mask': [
      `sigset_t none;
sigemptyset(&none);
sigprocmask(SIG_SETMASK, &none, NULL);`,
    ],
    'clear-environment': [
      `clearenv();
setenv("PATH", "/usr/bin:/bin", 1);`,
    ],
    fork: [
      `int ready[2];
if (pipe(ready) == -1) err(1, "pipe");
switch (fork()) {
case -1: err(1, "fork");
case 0: close(ready[0]); break;
default: {
  char told;
  close(ready[1]);
  _exit(read(ready[0], &told, 1) == 1 ? 0 : 1);
}
}`,
      `/* as the last step, when it can do its work */
if (write(ready[1], "", 1) != 1) _exit(1);
close(ready[1]);`,
    ],
    setsid: ['if (setsid() == -1) err(1, "setsid");'],
    'second-fork': [
      `switch (fork()) {
case -1: err(1, "fork");
case 0: break;
default: _exit(0);
}`,
    ],
    'null-streams': [
      `int null = open("/dev/null", O_RDWR);
if (null == -1) err(1, "/dev/null");
for (int fd = 0; fd <= 2; fd++) dup2(null, fd);
if (null > 2) close(null);`,
    ],
    umask: ['umask(0);'],
    chdir: ['if (chdir("/") == -1) err(1, "chdir");'],
    pidfile: [
      `struct stat file;
int pidfile = open("/run/mydaemon.pid", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644);
if (pidfile == -1 || fstat(pidfile, &file) == -1) err(1, "pidfile");
if (!S_ISREG(file.st_mode) || file.st_nlink != 1) errx(1, "pidfile: no file of its own");
if (flock(pidfile, LOCK_EX | LOCK_NB) == -1) err(1, "pidfile: it runs already");   /* open as long as it runs */
if (ftruncate(pidfile, 0) == -1 || dprintf(pidfile, "%d\\n", getpid()) < 0) err(1, "pidfile");`,
    ],
  },
};
