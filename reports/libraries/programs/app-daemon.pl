use strict;
use warnings;
use App::Daemon qw(daemonize);

daemonize();
sleep 86400 while 1;
