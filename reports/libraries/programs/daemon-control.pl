use strict;
use warnings;
use Daemon::Control;

Daemon::Control->new(
  name     => 'example',
  program  => sub { sleep 86400 while 1 },
  pid_file => $ARGV[0],
  fork     => 2,
)->run_command('start');
