# %%
import atexit
import builtins
import ctypes
import gc
import json
import mmap
import os
import sys

import numpy as np

WORD = b"left-in-the-program"
left = []


def leave(how, action):
    try:
        action()
    except (OSError, ValueError, RuntimeError, TypeError):
        return
    left.append(how)


class Finder:
    """An import hook that says who left it."""

    left_by_another = True

    def find_spec(self, *_):
        return None


def write_into_code():
    """Its own program's text, which every process of this image has in the same pages of memory."""
    place = ctypes.cast(ctypes.pythonapi.Py_GetCopyright, ctypes.c_void_p).value
    with open("/proc/self/mem", "r+b", buffering=0) as memory:
        memory.seek(place)
        memory.write(WORD)


def write_into_every_shared_mapping():
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "r+b", buffering=0) as memory:
        shared = [line.split() for line in maps if line.split()[1].endswith("s")]
        for span, *_ in shared:
            memory.seek(int(span.split("-")[0], 16))
            memory.write(WORD)


# %%
leave("a builtin", lambda: setattr(builtins, "LEFT", WORD))
leave("a module's name", lambda: setattr(np, "LEFT", WORD))
leave("a module of its own", lambda: sys.modules.setdefault("left_by_another", json))
leave("an import hook", lambda: sys.meta_path.append(Finder()))
leave("a path", lambda: sys.path.append("/left-by-another"))
leave("a variable", lambda: os.environ.__setitem__("LEFT", "1"))
leave("a setting of numpy", lambda: np.seterr(all="raise"))
leave("the collector off", gc.disable)
leave("a deeper recursion", lambda: sys.setrecursionlimit(4321))
leave("an exit handler", lambda: atexit.register(print, WORD))
leave("memory that children share", lambda: mmap.mmap(-1, 4096).write(WORD))
leave("the program's text", write_into_code)
leave("memory that is mapped as shared", write_into_every_shared_mapping)
leave("the umask", lambda: os.umask(0))
print("things left:", len(left) >= 12)
