# %%
import builtins
import ctypes
import gc
import os
import sys

import numpy as np

WORD = b"left-in-the-program"


def in_code():
    place = ctypes.cast(ctypes.pythonapi.Py_GetCopyright, ctypes.c_void_p).value
    return ctypes.string_at(place, len(WORD)) == WORD


def in_shared_mappings():
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", buffering=0) as memory:
        for line in maps:
            if line.split()[1].endswith("s"):
                memory.seek(int(line.split("-")[0], 16))
                if memory.read(len(WORD)) == WORD:
                    return True
    return False


found = {
    "a builtin": hasattr(builtins, "LEFT"),
    "a module's name": hasattr(np, "LEFT"),
    "a module of its own": "left_by_another" in sys.modules,
    "an import hook": any(hasattr(one, "left_by_another") for one in sys.meta_path),
    "a path": "/left-by-another" in sys.path,
    "a variable": "LEFT" in os.environ,
    "a setting of numpy": np.geterr()["over"] == "raise",
    "the collector off": not gc.isenabled(),
    "a deeper recursion": sys.getrecursionlimit() == 4321,
    "the program's text": in_code(),
    "memory that is mapped as shared": in_shared_mappings(),
    "the umask": os.umask(0o022) == 0,
}
for how, is_found in found.items():
    if is_found:
        print("ATTACK", "SUCCEEDED: found", how)
print("things looked for:", len(found))
