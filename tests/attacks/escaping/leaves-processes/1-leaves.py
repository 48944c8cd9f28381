# %%
import ctypes
import os
import signal
import socket
import time

PORT, NAME, SECONDS = 47_113, "pivotlab-left", 100


def stay():
    """A server that looks like somebody else's and ends by itself."""
    libc = ctypes.CDLL(None)
    libc.prctl(15, NAME.encode(), 0, 0, 0)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(SECONDS)
    servers = [socket.create_server(("127.0.0.1", PORT)), socket.socket(socket.AF_UNIX)]
    servers[1].bind("\0" + NAME)
    servers[1].listen()
    os.closerange(0, 3)
    time.sleep(SECONDS)


def leave_the_family():
    """Twice forked and in a session of its own, a process has neither parent nor group that one could end it by."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        os.setsid()
        if os.fork() == 0:
            stay()
    finally:
        os._exit(0)


def answers():
    try:
        socket.create_connection(("127.0.0.1", PORT), timeout=1).close()
    except OSError:
        return False
    return True


leave_the_family()
until = time.monotonic() + 5
while not answers() and time.monotonic() < until:
    time.sleep(0.05)
print("somebody stays behind and answers:", answers())
