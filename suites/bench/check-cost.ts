/**
 * What a check costs, beside a C program and a shell script that do the same: start a trivial double-forking daemon,
 * wait for its starter, find what survived, read its facts from /proc and end it. Ratios of medians, measured in turn
 * within one run, since absolute times depend on the machine. Needs a C compiler; no test depends on it.
 *
 *   node dist/suites/bench/check-cost.js [ROUNDS]
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckRequest } from '../../harness/check/request.ts';
import { openChecker } from '../../harness/index.ts';
import { packageRoot } from '../../harness/package-root.ts';

const daemonInC = `
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
const checkerInC = `
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

const checkerInShell = `
"$1" </dev/null >/dev/null 2>&1
for entry in /proc/[0-9]*; do
  [ "$(readlink "$entry/exe" 2>/dev/null)" = "$1" ] || continue
  pid=\${entry#/proc/}
  cut -d' ' -f4-8 "$entry/stat"; grep -E '^(Umask|Sig)' "$entry/status"
  readlink "$entry/cwd" "$entry/root" "$entry/fd/0" "$entry/fd/1" "$entry/fd/2"
  kill -9 "$pid"
done >/dev/null`;

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** IDs of the processes that execute the file. */
function runningFrom(path: string): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return pid > 0 && readlinkSync(`/proc/${pid}/exe`) === path;
      } catch {
        return false;
      }
    });
}

async function main(rounds: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'check-cost-'));
  const workshop = openChecker();
  try {
    const compile = (name: string, source: string): string => {
      writeFileSync(join(directory, `${name}.c`), source);
      execFileSync('cc', ['-O1', '-w', '-o', join(directory, name), join(directory, `${name}.c`)]);
      return join(directory, name);
    };
    const daemon = compile('daemon', daemonInC);
    const checker = compile('checker', checkerInC);
    const cli = join(packageRoot, 'harness/bin.cjs');
    const request: CheckRequest = {
      argv: [daemon],
      path: daemon,
      cwd: directory,
      env: {},
      profile: 'sysv',
      overrides: {},
      only: null,
      skip: [],
      strict: false,
      expectedFailures: {},
      starts: ['clean', 'hostile', 'captured'],
      timeoutMs: 10_000,
      keep: false,
    };
    const endStrays = (): void => {
      for (const pid of runningFrom(daemon)) process.kill(pid, 'SIGKILL');
    };
    const run = (command: string, args: readonly string[]) => async (): Promise<void> => {
      spawnSync(command, args, { stdio: 'ignore', timeout: 20_000, killSignal: 'SIGKILL' });
    };
    const contestants: Readonly<Record<string, () => Promise<unknown>>> = {
      'node -e 0': run(process.execPath, ['-e', '0']),
      'C program, one start': run(checker, [daemon]),
      'shell script, one start': run('/bin/sh', ['-c', checkerInShell, 'sh', daemon]),
      'in process, one start': () => workshop.check({ ...request, starts: ['clean'] }),
      'in process, three starts': () => workshop.check(request),
      'command line, no probes': run(process.execPath, [cli, '--only', 'session', '-f', 'json', daemon]),
      'command line, all probes': run(process.execPath, [cli, '-f', 'json', daemon]),
    };
    const times = new Map<string, number[]>(Object.keys(contestants).map((name) => [name, []]));
    for (let round = 0; round <= rounds; round++) {
      for (const [name, contest] of Object.entries(contestants)) {
        const began = performance.now();
        await contest();
        // The first round warms up.
        if (round > 0) times.get(name)?.push(performance.now() - began);
        // The script looks once, and on a busy machine the daemon may not be there yet.
        endStrays();
      }
    }
    const base = median(times.get('node -e 0') ?? []);
    for (const [name, taken] of times) {
      const middle = median(taken);
      const line = `${name.padEnd(28)} ${middle.toFixed(1).padStart(8)} ms  ${(middle / base).toFixed(2).padStart(6)} x node -e 0`;
      process.stdout.write(`${line}\n`);
    }
  } finally {
    await workshop.close();
    rmSync(directory, { recursive: true });
  }
}

void main(Number(process.argv[2] ?? 20));
