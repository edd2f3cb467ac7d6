/** The edits in Python, with what the standard library has. */

import type { LanguageGuide } from '../../../harness/judge/repair.ts';

const os = ['import os'];
const signal = ['import signal'];

export const python: LanguageGuide = {
  sources: [
    { work: 'Python Library Reference', at: 'os, Process Parameters and File Descriptor Operations' },
    { work: 'Python Library Reference', at: 'signal, Module contents' },
  ],
  top: {
    'open-streams': os,
    'close-descriptors': os,
    'reset-dispositions': signal,
    'empty-mask': signal,
    'clear-environment': os,
    fork: os,
    setsid: os,
    'second-fork': os,
    'null-streams': os,
    umask: os,
    chdir: os,
    pidfile: ['import fcntl', 'import os', 'import stat', 'import sys'],
  },
  code: {
    'open-streams': [
      `spare = os.open("/dev/null", os.O_RDWR)
while spare <= 2:
    spare = os.open("/dev/null", os.O_RDWR)
os.close(spare)`,
    ],
    'close-descriptors': [
      `for name in os.listdir("/proc/self/fd"):
    if int(name) > 2:
        try:
            os.close(int(name))
        except OSError:
            pass  # that of the directory itself`,
    ],
    'reset-dispositions': [
      `for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_DFL)`,
    ],
    'empty-mask': ['signal.pthread_sigmask(signal.SIG_SETMASK, [])'],
    'clear-environment': [
      `os.environ.clear()
os.environ["PATH"] = "/usr/bin:/bin"`,
    ],
    fork: [
      `told, ready = os.pipe()
if os.fork() > 0:
    os.close(ready)
    os._exit(0 if os.read(told, 1) else 1)
os.close(told)`,
      `# as the last step, when it can do its work
os.write(ready, b"1")
os.close(ready)`,
    ],
    setsid: ['os.setsid()'],
    'second-fork': [
      `if os.fork() > 0:
    os._exit(0)`,
    ],
    'null-streams': [
      `null = os.open("/dev/null", os.O_RDWR)
for fd in 0, 1, 2:
    os.dup2(null, fd)
if null > 2:
    os.close(null)`,
    ],
    umask: ['os.umask(0)'],
    chdir: ['os.chdir("/")'],
    pidfile: [
      `pidfile = os.open("/run/mydaemon.pid", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
file = os.fstat(pidfile)
if not stat.S_ISREG(file.st_mode) or file.st_nlink != 1:
    sys.exit("pidfile: no file of its own")
fcntl.flock(pidfile, fcntl.LOCK_EX | fcntl.LOCK_NB)  # open as long as it runs
os.ftruncate(pidfile, 0)
os.write(pidfile, b"%d\\n" % os.getpid())`,
    ],
  },
};
