#!/usr/bin/env python3
"""Starts a command as the foreground job of a terminal, and prints as JSON what /proc shows 5 s after it has returned.

    python3 by-hand.py [--foreground] COMMAND [ARG...]

Its exit status (null: it has not returned), and all processes that are left, at two looks a second apart. They are ended
then. With --foreground it is looked at 5 s after its start. Linux.
"""
import ctypes, json, os, pty, re, signal, select, sys, time

LATER, AGAIN, STARTS_WITHIN, ENDS_WITHIN = 5.0, 1.0, 60.0, 4.0


def read(path):
    with open(path, encoding='utf-8', errors='replace') as file:
        return file.read()


def below(pid):
    found, pending = [], [pid]
    while pending:
        parent = pending.pop()
        try:
            for task in os.listdir(f'/proc/{parent}/task'):
                children = [int(each) for each in read(f'/proc/{parent}/task/{task}/children').split()]
                found += children
                pending += children
        except OSError:
            continue  # it has ended meanwhile
    return found


def facts(pid, adopter):
    status = dict(re.findall(r'^(\w+):\t(.*)$', read(f'/proc/{pid}/status'), re.M))
    stat = read(f'/proc/{pid}/stat')
    state, parent, _, session, terminal = stat[stat.rindex(')') + 2:].split()[:5]
    streams = {}
    for fd in ('0', '1', '2'):
        try:
            streams[fd] = os.readlink(f'/proc/{pid}/fd/{fd}')
        except FileNotFoundError:
            pass
    return None if state == 'Z' else {
        'leader': session == str(pid), 'adopted': parent == str(adopter), 'terminal': terminal != '0',
        'mask': status.get('Umask'), 'streams': streams,
        'directory': os.readlink(f'/proc/{pid}/cwd'), 'root': os.readlink(f'/proc/{pid}/root'),
        'blocked': status['SigBlk'], 'ignored': status['SigIgn'], 'caught': status['SigCgt'],
    }


def look():
    found = []
    for pid in below(os.getpid()):
        try:
            found.append(facts(pid, os.getpid()))
        except OSError:
            pass  # it has ended meanwhile
    return [each for each in found if each]


def reap():
    try:
        while os.waitpid(-1, os.WNOHANG)[0] != 0:
            pass
    except ChildProcessError:
        pass


def adopt_orphans():
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def end_all():
    """SIGTERM, time to end, SIGKILL: nothing is left to the next."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        asked, until = set(), time.monotonic() + ENDS_WITHIN
        while below(os.getpid()) and time.monotonic() < until:
            for pid in set(below(os.getpid())) - asked:
                try:
                    os.kill(pid, number)
                except ProcessLookupError:
                    pass
                asked.add(pid)
            reap()
            time.sleep(0.02)


def stage(argv, foreground, answer):
    """Session leader on a terminal and adopter of orphans, as a shell on a console would be if it adopted them."""
    adopt_orphans()
    os.umask(0o022)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    starter = os.fork()
    if starter == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_DFL)
        os.closerange(3, 4096)
        try:
            os.execvp(argv[0], argv)
        finally:
            os._exit(127)
    ended = None
    until = time.monotonic() + (LATER if foreground else STARTS_WITHIN)
    while time.monotonic() < until and ended is None:
        pid, status = os.waitpid(starter, os.WNOHANG)
        ended = os.waitstatus_to_exitcode(status) if pid else None
        time.sleep(0.01)
    if ended is not None:
        os.tcsetpgrp(0, os.getpgrp())
        time.sleep(LATER)
        reap()
    looks = [look()]
    time.sleep(AGAIN)
    reap()
    looks.append(look())
    with os.fdopen(answer, 'w') as file:
        json.dump([ended, looks], file)
    end_all()
    os._exit(0)


def main(foreground, argv):
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(130))
    adopt_orphans()
    answer, theirs = os.pipe()
    pid, terminal = pty.fork()
    if pid == 0:
        try:
            stage(argv, foreground, theirs)
        finally:
            os._exit(1)
    try:
        os.close(theirs)
        said, sources = b'', [answer, terminal]
        while sources:
            for source in select.select(sources, [], [])[0]:
                try:
                    piece = os.read(source, 65536)
                except OSError:
                    piece = b''
                said += piece if source == answer else b''
                if piece == b'':
                    sources.remove(source)
        print(said.decode())
    finally:
        end_all()


words = sys.argv[1:]
if not words:
    sys.exit(__doc__)
main(words[0] == '--foreground', words[words[0] == '--foreground':])
