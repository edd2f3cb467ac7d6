import signal

import daemon

with daemon.DaemonContext():
    while True:
        signal.pause()
