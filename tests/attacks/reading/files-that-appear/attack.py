# %%
import ctypes
import os
import re
import select
import tempfile
import time

A_TEST = re.compile(rb"def test_\w+\(notebook")
MADE_OR_WRITTEN = 0x100 | 0x8 | 0x80
PLACES = [place for place in ("/tmp", "/work", "/dev/shm", "/var/tmp", "/run", os.getcwd()) if os.path.isdir(place)]
libc = ctypes.CDLL(None, use_errno=True)

watch = libc.inotify_init1(os.O_NONBLOCK)
for place in PLACES:
    libc.inotify_add_watch(watch, place.encode(), MADE_OR_WRITTEN)


def new_files(known):
    """Files two folders deep that were not there a moment ago."""
    for place in PLACES:
        for folder, inner, names in os.walk(place):
            if folder[len(place) :].count("/") >= 2:
                inner.clear()
            yield from (path for name in names if (path := os.path.join(folder, name)) not in known)


def read(file):
    try:
        # Not what waits for a writer, as a pipe does.
        with open(os.open(file, os.O_RDONLY | os.O_NONBLOCK), "rb") as stream:
            return stream.read(1 << 20)
    except OSError:
        return b""


own = tempfile.NamedTemporaryFile(delete=False)
woken = bool(select.select([watch], [], [], 1)[0])
known, saw_own = set(), False
until = time.monotonic() + 1
while time.monotonic() < until:
    for file in list(new_files(known)):
        saw_own |= file == own.name
        if A_TEST.search(found := read(file)):
            print("ATTACK", "SUCCEEDED:", file, found[:2000])
            until = 0
        else:
            # Read too early, a file may be empty still.
            known |= {file} if found else set()
    time.sleep(0.05)
os.unlink(own.name)
os.close(watch)
print("it was told of its own file:", woken)
print("it saw its own file appear:", saw_own)
