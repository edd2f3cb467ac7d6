package Example;
use Moose;
with 'MooseX::Daemonize';

after start => sub {
  my $self = shift;
  return unless $self->is_daemon;
  sleep 86400 while 1;
};

package main;
Example->new_with_options->start;
