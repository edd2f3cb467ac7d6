import signal
import sys

from daemonize import Daemonize


def main():
    while True:
        signal.pause()


Daemonize(app="example", pid=sys.argv[1], action=main).start()
