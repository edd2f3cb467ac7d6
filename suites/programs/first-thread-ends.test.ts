/** A process whose first thread has ended looks like a zombie until the others have: nobody can wait for it before. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkProgram } from '../../harness/index.ts';

/** Refuses a fifo in the place of its pidfile, and takes its time to end: only its first thread is gone at once. */
const program = (pidfile: string): string => `
import ctypes, os, signal, stat, sys, threading, time

pidfile = os.open("${pidfile}", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
file = os.fstat(pidfile)
if not stat.S_ISREG(file.st_mode) or file.st_nlink != 1:
    print("no file of its own", file=sys.stderr, flush=True)
    threading.Thread(target=lambda: (time.sleep(0.2), os._exit(1))).start()
    ctypes.CDLL(None).syscall({"x86_64": 60, "aarch64": 93}[os.uname().machine], 0)
told, ready = os.pipe()
if os.fork() > 0:
    os.close(ready)
    os._exit(0 if os.read(told, 1) else 1)
os.setsid()
if os.fork() > 0:
    os._exit(0)
os.ftruncate(pidfile, 0)
os.write(pidfile, b"%d\\n" % os.getpid())
null = os.open("/dev/null", os.O_RDWR)
for fd in 0, 1, 2:
    os.dup2(null, fd)
os.write(ready, b"1")
os.close(ready)
while True:
    signal.pause()
`;

const lacking = process.platform !== 'linux' || spawnSync('python3', ['--version']).status !== 0;

test.skipIf(lacking)('is not taken for a starter that never returns (needs Linux and python3)', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'first-thread-ends-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const [script, pidfile] = [join(directory, 'program.py'), join(directory, 'pid')];
  writeFileSync(script, program(pidfile));
  const { results } = await checkProgram(['python3', script], {
    only: ['planted-pidfile'],
    policy: { pidfile },
  });
  expect(results).toMatchObject([{ id: 'planted-pidfile', outcome: 'pass' }]);
});
