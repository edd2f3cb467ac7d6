/** What people would use in place of a check, and the program that all of them start. */

export const daemonInC = `
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
  if (fork()) _exit(0);
  setsid();
  if (fork()) _exit(0);
  umask(0);
  if (chdir("/")) _exit(1);
  int n = open("/dev/null", O_RDWR);
  dup2(n, 0); dup2(n, 1); dup2(n, 2);
  close_range(3, ~0U, 0);
  for (;;) pause();
}`;

// Subreaper, terminal, foreground job, wait, settle, seven files of /proc, kill: the same work, for one start.
export const checkerInC = `
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
static int text(const char *path, char *to, int size) {
  int fd = open(path, O_RDONLY);
  int n = fd < 0 ? -1 : read(fd, to, size - 1);
  if (fd >= 0) close(fd);
  to[n > 0 ? n : 0] = 0;
  return n;
}
int main(int argc, char **argv) {
  char path[64], all[8192];
  signal(SIGHUP, SIG_IGN); signal(SIGTTOU, SIG_IGN);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  setsid();
  int master = posix_openpt(O_RDWR | O_NOCTTY);
  grantpt(master); unlockpt(master);
  int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
  ioctl(slave, TIOCSCTTY, 0);
  pid_t starter = fork();
  if (starter == 0) {
    setpgid(0, 0); tcsetpgrp(slave, getpid());
    signal(SIGHUP, SIG_DFL); signal(SIGTTOU, SIG_DFL);
    dup2(slave, 0); dup2(slave, 1); dup2(slave, 2); close_range(3, ~0U, 0);
    execv(argv[1], argv + 1); _exit(127);
  }
  waitpid(starter, 0, 0);
  pid_t daemon = 0;
  for (;;) {
    while (waitpid(-1, 0, WNOHANG) > 0);
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", getpid(), getpid());
    text(path, all, sizeof all);
    daemon = atoi(all);
    snprintf(path, sizeof path, "/proc/%d/syscall", daemon);
    if (text(path, all, sizeof all) > 0 && !strncmp(all, "34 ", 3)) break;
    usleep(50);
  }
  const char *files[] = {"stat", "status", "limits", "cmdline", "environ", "oom_score_adj", "wchan"};
  for (int i = 0; i < 7; i++) { snprintf(path, sizeof path, "/proc/%d/%s", daemon, files[i]); text(path, all, sizeof all); }
  const char *links[] = {"cwd", "root", "exe", "fd/0", "fd/1", "fd/2"};
  for (int i = 0; i < 6; i++) { snprintf(path, sizeof path, "/proc/%d/%s", daemon, links[i]); readlink(path, all, sizeof all); }
  kill(daemon, SIGKILL);
  waitpid(daemon, 0, 0);
  return 0;
}`;

/** Looks for what survived by its executable, and asks what a careful author would. */
export const carefulScript = `
"$1" </dev/null >/dev/null 2>&1
for entry in /proc/[0-9]*; do
  [ "$(readlink "$entry/exe" 2>/dev/null)" = "$1" ] || continue
  pid=\${entry#/proc/}
  cut -d' ' -f4-8 "$entry/stat"; grep -E '^(Umask|Sig)' "$entry/status"
  readlink "$entry/cwd" "$entry/root" "$entry/fd/0" "$entry/fd/1" "$entry/fd/2"
  kill -9 "$pid"
done >/dev/null`;

/** What most write: wait long enough, and look once. */
export const sleepingScript = `
"$1" </dev/null >/dev/null 2>&1
sleep 1
${carefulScript.split('\n').slice(2).join('\n')}`;

export const pytestFile = (daemon: string): string => `
import os, subprocess, time, psutil

def test_daemon():
    subprocess.run(['${daemon}'], check=True)
    for _ in range(1000):
        found = [p for p in psutil.process_iter(['exe']) if p.info['exe'] == '${daemon}']
        if found and os.getsid(found[0].pid) != found[0].pid:
            break
        time.sleep(0.001)
    daemon = found[0]
    try:
        assert os.getsid(daemon.pid) != daemon.pid
        assert daemon.terminal() is None
        assert daemon.cwd() == '/'
        assert os.readlink('/proc/%d/fd/0' % daemon.pid) == '/dev/null'
    finally:
        daemon.kill()
`;
