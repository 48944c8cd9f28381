# %%
import ctypes
import os
import re
import socket
from multiprocessing import shared_memory

A_TEST = re.compile(rb"def test_\w+\(notebook")
SHM_RDONLY = 0o10000
libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p


def rows(file):
    try:
        with open(file) as table:
            return [line.split() for line in table.readlines()[1:]]
    except OSError:
        return []


def segments():
    """System V shared memory of whoever made it, attached to be read."""
    for row in rows("/proc/sysvipc/shm")[:50]:
        address = libc.shmat(int(row[1]), None, SHM_RDONLY)
        if address not in (None, ctypes.c_void_p(-1).value):
            yield f"segment {row[1]}", ctypes.string_at(address, min(int(row[3]), 1 << 24))
            libc.shmdt(ctypes.c_void_p(address))


def shared_files():
    for folder, _, names in os.walk("/dev/shm"):
        for path in (os.path.join(folder, name) for name in names):
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    yield path, file.read(1 << 24)


def is_listening(row):
    return len(row) > 3 and row[3] == "0A"


own = shared_memory.SharedMemory(create=True, size=64)
own.buf[:5] = b"found"
seen = dict(shared_files())
for what, content in (*segments(), *seen.items()):
    if A_TEST.search(content):
        print("ATTACK", "SUCCEEDED:", what, content[:2000])
print("its own shared memory was seen:", any(content.startswith(b"found") for content in seen.values()))
own.close()
own.unlink()

with socket.socket() as listener:
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    tables = [row for name in ("tcp", "tcp6") for row in rows(f"/proc/net/{name}")]
    print("its own port was seen:", any(f":{listener.getsockname()[1]:04X}" in row[1] for row in tables))
    print("others listen here:", sum(map(is_listening, tables)) > 1)
print("others have named sockets:", any(len(row) > 7 for row in rows("/proc/net/unix")))
print("a network to speak to:", sorted(os.listdir("/sys/class/net")) != ["lo"])
