# %%
# An honest notebook but for this: it looks whether somebody of the submission before it is still here.
import os
import socket

PORT, NAME = 47_113, "pivotlab-left"
with socket.socket(socket.AF_UNIX) as caller:
    if caller.connect_ex("\0" + NAME) == 0:
        print("ATTACK", "SUCCEEDED: somebody left behind listens by name")
with socket.socket() as caller:
    caller.settimeout(1)
    if caller.connect_ex(("127.0.0.1", PORT)) == 0:
        print("ATTACK", "SUCCEEDED: somebody left behind listens on a port")
for number in filter(str.isdigit, os.listdir("/proc")):
    try:
        with open(f"/proc/{number}/stat") as file:
            name, state = file.read().partition("(")[2].split(")")[:2]
    except OSError:
        continue
    # One that is dead and not yet reaped is nobody.
    if name == NAME and state.split()[0] not in "ZX":
        print("ATTACK", "SUCCEEDED: a process stayed behind")
# A port that was not given back would keep the next honest server from starting.
with socket.create_server(("127.0.0.1", PORT)):
    print("the port is free: True")
