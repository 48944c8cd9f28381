# %%
import builtins
import os
import site
import socket
import tempfile

import matplotlib

NAME = "left-for-the-next"
HOME = os.path.expanduser("~")
PLACES = {HOME, os.getcwd(), tempfile.gettempdir(), "/dev/shm", matplotlib.get_configdir(), matplotlib.get_cachedir()}


def in_files():
    for file in (os.path.join(place, NAME) for place in PLACES):
        if os.path.isfile(file):
            with open(file) as stream:
                yield stream.read()
            os.unlink(file)


def in_starts():
    yield str(getattr(builtins, "TOLD", "") or globals().get("TOLD", ""))
    yield str(matplotlib.rcParams["svg.hashsalt"] or "")
    yield "".join(os.listdir(site.getusersitepackages())) if os.path.isdir(site.getusersitepackages()) else ""


def in_sockets():
    for kind, address in ((socket.AF_INET, ("127.0.0.1", 47113)), (socket.AF_UNIX, b"\0left-for-the-next")):
        with socket.socket(kind) as asked:
            asked.settimeout(0.5)
            try:
                asked.connect(address)
                yield asked.recv(1000).decode()
            except OSError:
                yield ""


looked = 0
for found in (*in_files(), *in_starts(), *in_sockets()):
    looked += 1
    if found:
        print("ATTACK", "SUCCEEDED: found", found)
print("places that were looked at:", looked >= 5)
