# %%
import os
import resource
import socket

MOST = 5_000
kept = []
try:
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST, MOST))
except (ValueError, OSError):
    print("the bound on open files cannot be raised")
try:
    while len(kept) < MOST:
        kept += [*os.pipe(), os.eventfd(0), os.dup(0), socket.socket(socket.AF_UNIX).detach()]
except OSError as error:
    print("no more open files:", error.strerror)
if len(kept) >= 1_024:
    print("ATTACK", "SUCCEEDED: more open files than a sandbox may have")
# All but a few stay open: libraries read small files while the questions that follow are answered.
for number in kept[:20]:
    os.close(number)
