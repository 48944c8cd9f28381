# %%
import ctypes
import importlib
import logging
import os
import queue
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np

done = []


def in_a_thread(action):
    """A lock that was held by a thread which is no more would keep this one for ever."""
    thread = threading.Thread(target=action, daemon=True)
    thread.start()
    thread.join(2)
    return not thread.is_alive()


def in_a_child(action):
    child = os.fork()
    if child == 0:
        action()
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


ACTIONS = {
    "logging": lambda: logging.getLogger("locks").error("one line"),
    "importing": lambda: importlib.import_module("wave"),
    "allocating": lambda: [bytearray(1 << 20) for _ in range(20)],
    "C's streams": lambda: ctypes.CDLL(None).fflush(None),
    "linear algebra": lambda: np.linalg.svd(np.ones((60, 60))),
    "names of hosts": lambda: socket.getaddrinfo("127.0.0.1", 80),
    "loading a library": lambda: ctypes.CDLL("libm.so.6"),
    "environment": lambda: os.putenv("ONE", "1"),
    "a queue": lambda: queue.SimpleQueue().put(1),
    "threads": lambda: list(ThreadPoolExecutor(4).map(abs, range(100))),
    "a program": lambda: subprocess.run([sys.executable, "-c", "pass"], check=True),
}
for name, action in ACTIONS.items():
    done.append(in_a_thread(action))
    done.append(in_a_child(action))
print("locks that were free:", sum(done), "of", len(done))
print("threads it began with:", len(threading.enumerate()) - sum(t.daemon for t in threading.enumerate()))
