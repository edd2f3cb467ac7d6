#include <libdaemon/daemon.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
  (void)argc;
  daemon_log_ident = daemon_ident_from_argv0(argv[0]);
  if (daemon_reset_sigs(-1) < 0 || daemon_unblock_sigs(-1) < 0) return EXIT_FAILURE;
  daemon_retval_init();
  pid_t pid = daemon_fork();
  if (pid < 0) return EXIT_FAILURE;
  if (pid > 0) return daemon_retval_wait(20);
  daemon_close_all(-1);
  daemon_retval_send(0);
  for (;;) pause();
}
