/*
 * Starters that wait for their daemon, each in its own way, and others that do not: starters WAY [PIDFILE].
 * The daemon leaves the session by setsid(2) and sleeps for good; what it does before is the race.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int ends[2];
static const char *pidfile;

static void daemon_itself(int reports) {
    setsid();
    if (pidfile) {
        FILE *file = fopen(pidfile, "w");
        fprintf(file, "%d\n", (int)getpid());
        fclose(file);
    }
    if (reports && write(ends[1], "!", 1) != 1) _exit(1);
    close(ends[1]);
    close(0);
    close(1);
    close(2);
    for (;;) pause();
}

static int is(const char *way, const char *name) { return strcmp(way, name) == 0; }

static void *sleep_for_good(void *nothing) {
    for (;;) pause();
    return nothing;
}

static int wait_for_byte(void) {
    char byte;
    return read(ends[0], &byte, 1) == 1 ? 0 : 1;
}

static void *read_for_good(void *nothing) {
    char buffer[4096];
    while (read(ends[0], buffer, sizeof buffer) > 0) {}
    return nothing;
}

static void on_user_signal(int signo) { (void)signo; }

int main(int argc, char **argv) {
    const char *way = argv[1];
    struct timespec pause_between = {0, 20000000};
    char byte;
    if (argc > 2) pidfile = argv[2];
    if (pipe(ends) != 0) return 2;

    if (is(way, "daemon")) daemon_itself(0);
    if (is(way, "ignores-hangup")) {
        signal(SIGHUP, SIG_IGN);
        if (fork() == 0) daemon_itself(0);
        return 0;
    }
    if (is(way, "forks-twice")) {
        if (fork() > 0) return 0;
        setsid();
        if (fork() > 0) return 0;
        daemon_itself(0);
    }
    if (is(way, "waits-for-first-child")) {
        pid_t child = fork();
        if (child == 0) {
            setsid();
            if (fork() == 0) daemon_itself(0);
            return 0;
        }
        return waitpid(child, NULL, 0) == child ? 0 : 1;
    }
    if (is(way, "spawns")) {
        /* vfork(2) inside: the child is somebody else as soon as its parent goes on. */
        char *arguments[] = {argv[0], "daemon", NULL}, *environment[] = {NULL};
        pid_t child;
        return posix_spawn(&child, "/proc/self/exe", NULL, NULL, arguments, environment);
    }
    if (is(way, "threads")) {
        pthread_t thread;
        if (fork() == 0) {
            pthread_create(&thread, NULL, sleep_for_good, NULL);
            daemon_itself(1);
        }
        pthread_create(&thread, NULL, sleep_for_good, NULL);
        return wait_for_byte();
    }
    if (is(way, "reads-fifo")) {
        if (mkfifo(pidfile, 0600) != 0) return 2;
        if (fork() == 0) daemon_itself(0);
        ends[0] = open(pidfile, O_RDONLY);
        return wait_for_byte();
    }
    if (is(way, "waits-for-orphanhood")) {
        /* As rsyslogd: its child looks again and again, while a thread of it reads what the kernel has to say. */
        pid_t parent = getpid();
        pthread_t thread;
        if (fork() > 0) return 0;
        setsid();
        ends[0] = open("/proc/kmsg", O_RDONLY);
        pthread_create(&thread, NULL, read_for_good, NULL);
        while (getppid() == parent) nanosleep(&pause_between, NULL);
        daemon_itself(0);
    }
    if (is(way, "signals-parent")) {
        /* The handler may come too late for the child's word: a race that only a child which runs first shows. */
        pid_t parent = getpid();
        if (fork() == 0) {
            setsid();
            kill(parent, SIGUSR1);
            daemon_itself(0);
        }
        signal(SIGUSR1, on_user_signal);
        sigset_t none;
        sigemptyset(&none);
        sigsuspend(&none);
        return 0;
    }
    if (is(way, "reports-first")) {
        /* Its word to the starter comes before the step that the starter waits for. */
        if (fork() == 0) {
            if (write(ends[1], "!", 1) != 1) _exit(1);
            daemon_itself(0);
        }
        return wait_for_byte();
    }
    if (is(way, "traces")) {
        if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) return 3;
        if (fork() == 0) daemon_itself(0);
        return 0;
    }
    if (is(way, "traces-child")) {
        pid_t child = fork();
        if (child == 0) daemon_itself(1);
        if (ptrace(PTRACE_SEIZE, child, 0, 0) != 0) return 3;
        return wait_for_byte();
    }
    if (is(way, "untraced")) {
        if (syscall(SYS_clone, CLONE_UNTRACED | SIGCHLD, 0, 0, 0, 0) == 0) daemon_itself(1);
        return wait_for_byte();
    }
    if (is(way, "without-signal")) {
        /* A child whose end sends nothing: waitpid(2), __WCLONE. */
        if (syscall(SYS_clone, 0, 0, 0, 0, 0) == 0) daemon_itself(1);
        return wait_for_byte();
    }
    if (is(way, "stops-child")) {
        pid_t child = fork();
        int status;
        if (child == 0) {
            raise(SIGSTOP);
            daemon_itself(1);
        }
        if (waitpid(child, &status, WUNTRACED) != child || !WIFSTOPPED(status)) return 3;
        kill(child, SIGCONT);
        return wait_for_byte();
    }

    if (fork() == 0) daemon_itself(1);
    if (is(way, "returns")) return 0;
    if (is(way, "reads-pipe")) return wait_for_byte();
    if (is(way, "polls-pipe")) {
        struct pollfd one = {.fd = ends[0], .events = POLLIN};
        for (int i = 0; i < 100; i++)
            if (poll(&one, 1, 100) == 1) return read(ends[0], &byte, 1) == 1 ? 0 : 1;
        return 1;
    }
    if (is(way, "looks-for-pidfile")) {
        for (int i = 0; i < 1000; i++) {
            char text[16] = "";
            FILE *file = fopen(pidfile, "r");
            if (file && fgets(text, sizeof text, file) && strchr(text, '\n')) return 0;
            if (file) fclose(file);
            nanosleep(&pause_between, NULL);
        }
        return 1;
    }
    if (is(way, "sleeps")) {
        struct timespec once = {0, 200000000};
        return nanosleep(&once, NULL);
    }
    return 2;
}
