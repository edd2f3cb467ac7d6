use strict;
use warnings;
use Proc::Daemon;

Proc::Daemon::Init();
sleep 86400 while 1;
