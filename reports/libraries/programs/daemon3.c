#include <stdlib.h>
#include <unistd.h>

int main(void) {
  if (daemon(0, 0) != 0) return EXIT_FAILURE;
  for (;;) pause();
}
