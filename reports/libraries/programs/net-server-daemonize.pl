use strict;
use warnings;
use Net::Server::Daemonize qw(daemonize);

daemonize('root', 'root', $ARGV[0]);
sleep 86400 while 1;
