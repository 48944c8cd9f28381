# %%
import os
import sys
import sysconfig

import numpy

# What the next submission would run, were the image or the machine's Python shared and writable. Nothing is written:
# files are opened for writing and closed, and a file without a name is asked for in each folder.
FILES = (
    sys.executable,
    os.path.realpath(sys.executable),
    os.__file__,
    numpy.__file__,
    "/etc/passwd",
    "/etc/group",
    "/etc/hosts",
    "/etc/hostname",
    "/etc/resolv.conf",
    "/etc/ld.so.cache",
    "/bin/sh",
)
FOLDERS = (
    "/",
    "/etc",
    "/etc/cron.d",
    "/etc/profile.d",
    "/etc/ld.so.conf.d",
    "/usr",
    "/usr/bin",
    "/usr/local/bin",
    "/usr/lib",
    "/bin",
    "/opt",
    "/root",
    "/home",
    "/var",
    "/var/tmp",
    "/var/lib",
    "/var/spool/cron",
    "/run",
    "/run/lock",
    "/var/run",
    "/boot",
    "/mnt",
    "/srv",
    sys.prefix,
    sysconfig.get_path("purelib"),
    sysconfig.get_path("stdlib"),
    os.path.dirname(numpy.__file__),
)


def opens(path, flags):
    try:
        os.close(os.open(path, flags | os.O_CLOEXEC, 0o600))
    except OSError:
        return False
    return True


for path in FILES:
    if opens(path, os.O_WRONLY):
        print("ATTACK", "SUCCEEDED: it may write", path)
for path in FOLDERS:
    if os.access(path, os.W_OK) or opens(path, os.O_TMPFILE | os.O_WRONLY):
        print("ATTACK", "SUCCEEDED: it may make files in", path)
print("files and folders of the image tried:", len(FILES) + len(FOLDERS))
