<?php
$pid = pcntl_fork();
if ($pid < 0) exit(1);
if ($pid > 0) exit(0);
if (posix_setsid() < 0) exit(1);
while (true) sleep(86400);
