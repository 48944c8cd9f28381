# %%
import os
import subprocess

# Only what answers --help and does nothing else, wherever this runs.
PROGRAMS = (
    "su", "mount", "umount", "passwd", "chsh", "chfn", "chage", "gpasswd", "newgrp", "expiry", "sudo", "pkexec", "fusermount3",
)  # fmt: skip
# What older linkers and C libraries read even in programs of root.
HOSTILE = {
    "LD_PRELOAD": "./evil.so",
    "LD_AUDIT": "./evil.so",
    "LD_LIBRARY_PATH": ".",
    "GCONV_PATH": ".",
    "LOCPATH": ".",
    "GLIBC_TUNABLES": "glibc.malloc.mxfast=glibc.malloc.mxfast=A",
    "PATH": ".",
}


def users_of(number):
    """All users and groups that a process acts for, also of one that has ended and waits to be asked."""
    with open(f"/proc/{number}/status") as file:
        return [line.split()[1:] for line in file if line.startswith(("Uid:", "Gid:"))]


tried, own = 0, users_of("self")
for folder in ("/usr/bin", "/usr/sbin"):
    for name in PROGRAMS:
        path = f"{folder}/{name}"
        if not os.path.exists(path) or not os.stat(path).st_mode & 0o6000:
            continue
        program = subprocess.Popen(
            [path, "--help"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=HOSTILE,
        )
        os.waitid(os.P_PID, program.pid, os.WEXITED | os.WNOWAIT)
        if users_of(program.pid) != own:
            print("ATTACK", "SUCCEEDED: it ran as another user:", name)
        program.wait()
        tried += 1
print("programs of root tried:", tried > 0)

# %%
# An environment larger than a program may get must be refused by the kernel, and the process that asked goes on.
for size in (100_000, 200_000, 10_000_000):
    try:
        code = subprocess.run(
            ["/bin/true"],
            env={f"E{n}": "x" * min(size, 100_000) for n in range(max(1, size // 100_000))} | {"LAST": "x" * size},
        ).returncode
    except OSError as error:
        code = type(error).__name__, error.errno
    print("an environment of", size, "bytes:", code)
