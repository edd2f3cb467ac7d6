package Example;
use strict;
use warnings;
use parent 'Net::Server';

Example->run(host => '127.0.0.1', port => 18731, background => 1, setsid => 1);
