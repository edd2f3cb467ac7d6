Process.daemon
sleep
