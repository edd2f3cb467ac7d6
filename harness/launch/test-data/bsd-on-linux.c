/*
 * Calls of FreeBSD, OpenBSD and NetBSD on a Linux kernel, to be preloaded: what a stage asks of the system is written
 * down in order, and answered by what Linux has of the same. The structures are those of the systems' headers, so that
 * what JavaScript encodes is read here as their C libraries would read it.
 *
 * BSD_LOG names the file that is appended to, BSD_SYSTEM the system.
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct kevent_freebsd {
	uintptr_t ident;
	short filter;
	unsigned short flags;
	unsigned int fflags;
	int64_t data;
	void *udata;
	uint64_t ext[4];
};
struct kevent_openbsd {
	uintptr_t ident;
	short filter;
	unsigned short flags;
	unsigned int fflags;
	int64_t data;
	void *udata;
};
struct kevent_netbsd {
	uintptr_t ident;
	uint32_t filter;
	uint32_t flags;
	uint32_t fflags;
	int64_t data;
	void *udata;
};

struct procctl_reaper_status {
	unsigned rs_flags, rs_children, rs_descendants;
	pid_t rs_reaper, rs_pid;
	unsigned rs_pad0[15];
};
struct procctl_reaper_pidinfo {
	pid_t pi_pid, pi_subtree;
	unsigned pi_flags, pi_pad0[15];
};
struct procctl_reaper_pids {
	unsigned rp_count, rp_pad0[15];
	struct procctl_reaper_pidinfo *rp_pids;
};

static void note(const char *format, ...)
{
	char line[256];
	va_list values;
	const char *path = getenv("BSD_LOG");
	int file = path ? open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
	if (file < 0) return;
	int length = snprintf(line, sizeof line, "%d ", getpid());
	va_start(values, format);
	length += vsnprintf(line + length, sizeof line - length - 1, format, values);
	va_end(values);
	line[length++] = '\n';
	if (write(file, line, length) < 0) abort();
	close(file);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Processes of which an end is to be told; NOTE_TRACK is not to be had here, so they are children alone. */
static pid_t watched[64];
static int watching;

/* As a kqueue(2), it is readable once a child has ended. It is not inherited by fork(2). */
int kqueue(void)
{
	watching = 0;
	sigset_t children;
	sigemptyset(&children);
	sigaddset(&children, SIGCHLD);
	note("kqueue()");
	return signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* The next that has ended and its wait status, which stays to be waited for; 0 for none. */
static pid_t next_end(int64_t *status)
{
	for (int i = 0; i < watching; i++) {
		siginfo_t info = {0};
		int gone = waitid(P_PID, watched[i], &info, WEXITED | WNOHANG | WNOWAIT) < 0;
		if (!gone && info.si_pid == 0) continue;
		pid_t pid = watched[i];
		*status = gone ? 0 : info.si_code == CLD_EXITED ? info.si_status << 8 : info.si_status;
		watched[i] = watched[--watching];
		return pid;
	}
	return 0;
}

static void noted(uintptr_t ident, int filter, unsigned flags, unsigned fflags)
{
	if (ident != SIGCHLD && watching < 64) watched[watching++] = ident;
	note("kevent(ident %s, filter %d, flags 0x%x, fflags 0x%x)", ident == SIGCHLD ? "SIGCHLD" : "child", filter, flags, fflags);
}

#define KEVENT(name, type, count, proc)                                                                   \
	int name(int kq, const struct type *changes, count nchanges, struct type *events, count nevents, \
	         const struct timespec *timeout)                                                         \
	{                                                                                                \
		for (count i = 0; i < nchanges; i++)                                                         \
			noted(changes[i].ident, (int)changes[i].filter, changes[i].flags, changes[i].fflags);    \
		if (timeout == NULL || timeout->tv_sec != 0 || timeout->tv_nsec != 0) abort();               \
		struct signalfd_siginfo info;                                                                \
		count told = 0;                                                                              \
		while (nevents > 0 && read(kq, &info, sizeof info) > 0) continue;                            \
		for (pid_t pid; told < nevents; told++) {                                                    \
			int64_t status;                                                                          \
			if ((pid = next_end(&status)) == 0) break;                                               \
			events[told] = (struct type){.ident = pid, .filter = proc, .fflags = 0x80000000, .data = status}; \
		}                                                                                            \
		return told;                                                                                 \
	}
KEVENT(kevent_with_ext, kevent_freebsd, int, -5)
KEVENT(kevent_without_ext, kevent_openbsd, int, -5)
KEVENT(__kevent50, kevent_netbsd, size_t, 4)

int kevent(int kq, const void *changes, int nchanges, void *events, int nevents, const struct timespec *timeout)
{
	if (strcmp(getenv("BSD_SYSTEM"), "freebsd") == 0)
		return kevent_with_ext(kq, changes, nchanges, events, nevents, timeout);
	return kevent_without_ext(kq, changes, nchanges, events, nevents, timeout);
}

static unsigned children(struct procctl_reaper_pidinfo *pids, unsigned room)
{
	char path[64];
	unsigned count = 0;
	int pid;
	snprintf(path, sizeof path, "/proc/%d/task/%d/children", getpid(), getpid());
	FILE *file = fopen(path, "re");
	if (file == NULL) return 0;
	while (fscanf(file, "%d", &pid) == 1) {
		if (count < room) {
			pids[count].pi_pid = pids[count].pi_subtree = pid;
			pids[count].pi_flags = 1 | 2; /* REAPER_PIDINFO_VALID, REAPER_PIDINFO_CHILD */
		}
		count++;
	}
	fclose(file);
	return count;
}

int procctl(int idtype, int64_t id, int command, void *data)
{
	if (idtype != 0 /* P_PID */ || id != 0) {
		errno = EINVAL;
		return -1;
	}
	switch (command) {
	case 2: /* PROC_REAP_ACQUIRE */
		note("procctl(PROC_REAP_ACQUIRE)");
		return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	case 4: /* PROC_REAP_STATUS */
		((struct procctl_reaper_status *)data)->rs_descendants = children(NULL, 0);
		return 0;
	case 5: /* PROC_REAP_GETPIDS */
		children(((struct procctl_reaper_pids *)data)->rp_pids, ((struct procctl_reaper_pids *)data)->rp_count);
		return 0;
	}
	errno = EINVAL;
	return -1;
}

/* What all systems have is only written down. */

int posix_openpt(int flags)
{
	note("posix_openpt()");
	return NEXT(posix_openpt)(flags);
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list values;
	va_start(values, request);
	void *value = va_arg(values, void *);
	va_end(values);
	if (request == TIOCSCTTY) note("ioctl(TIOCSCTTY)");
	return NEXT(ioctl)(fd, request, value);
}

pid_t setsid(void)
{
	note("setsid()");
	return NEXT(setsid)();
}

int tcsetpgrp(int fd, pid_t group)
{
	note("tcsetpgrp()");
	return NEXT(tcsetpgrp)(fd, group);
}

int execve(const char *path, char *const argv[], char *const environment[])
{
	note("execve(%s)", path);
	return NEXT(execve)(path, argv, environment);
}
