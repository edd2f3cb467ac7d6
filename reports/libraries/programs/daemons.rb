require 'daemons'

Daemons.daemonize
sleep
