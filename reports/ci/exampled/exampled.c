/* The smallest program that becomes a daemon as daemon(7) describes it: what the examples beside it check. */

#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void stop(int number) { (void)number; _exit(0); }

static void become_daemon(int ready) {
	struct rlimit limit;
	sigset_t none;
	int fd;

	/* Step 1: everything above the standard streams is closed, but the pipe to the starter. */
	if (getrlimit(RLIMIT_NOFILE, &limit) == -1) _exit(1);
	for (fd = 3; fd < ready; fd++) close(fd);
	if (close_range(ready + 1, ~0U, 0) == -1)
		for (fd = ready + 1; fd < (int)limit.rlim_max; fd++) close(fd);
	/* Steps 2 and 3: the dispositions of all signals, and the mask. */
	for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	/* Step 4: the environment. */
	clearenv();
	/* Steps 9 to 11: the standard streams, the file mode creation mask, the directory. */
	fd = open("/dev/null", O_RDWR);
	if (fd == -1 || dup2(fd, 0) == -1 || dup2(fd, 1) == -1 || dup2(fd, 2) == -1) _exit(1);
	if (fd > 2) close(fd);
	umask(0);
	if (chdir("/") == -1) _exit(1);
	signal(SIGTERM, stop);
}

int main(void) {
	int ready[2], fd;
	char byte;

	/* Where a standard stream is closed, a pipe would take its place. */
	do fd = open("/dev/null", O_RDWR); while (fd != -1 && fd <= 2);
	if (fd == -1) err(1, "/dev/null");
	close(fd);
	if (pipe(ready) == -1) err(1, "pipe");
	switch (fork()) {
	case -1:
		err(1, "fork");
	case 0:
		break;
	default:
		/* Step 14: the starter returns when the daemon says that it is ready. */
		close(ready[1]);
		_exit(read(ready[0], &byte, 1) == 1 ? 0 : 1);
	}
	close(ready[0]);
	if (setsid() == -1) err(1, "setsid");
	switch (fork()) {
	case -1:
		err(1, "fork");
	case 0:
		break;
	default:
		_exit(0);
	}
	become_daemon(ready[1]);
	if (write(ready[1], "", 1) != 1) _exit(1);
	close(ready[1]);
	for (;;) pause();
}
