# %%
import ctypes
import os
import platform

libc = ctypes.CDLL(None, use_errno=True)
room = ctypes.create_string_buffer(65536)
KINDS = {
    "mounts": 0x00020000, "cgroup": 0x02000000, "hostname": 0x04000000, "ipc": 0x08000000, "user": 0x10000000,
    "processes": 0x20000000, "network": 0x40000000,
}  # fmt: skip
UNSHARE, CLONE, CLONE3, SETNS = (
    {"x86_64": a, "aarch64": b}.get(platform.machine()) for a, b in ((272, 97), (56, 220), (435, 435), (308, 268))
)


def in_a_child(act):
    """Whether `act` is granted; the child, and with it every namespace that it got, ends at once."""
    child = os.fork()
    if child == 0:
        os._exit(0 if act() >= 0 else 1)
    return os.waitpid(child, 0)[1] == 0


def clone(flags):
    """fork with flags; the new child ends at once."""
    child = libc.syscall(ctypes.c_long(CLONE), ctypes.c_long(flags | 17), *[ctypes.c_long(0)] * 4)
    if child == 0:
        os._exit(0)
    return os.waitpid(child, 0)[0] if child > 0 else -1


def clone3(flags):
    """The same by the newer call, whose flags lie in memory where no filter sees them."""
    wish = (ctypes.c_uint64 * 11)(flags, 0, 0, 0, 17)
    child = libc.syscall(ctypes.c_long(CLONE3), wish, ctypes.c_long(ctypes.sizeof(wish)))
    if child == 0:
        os._exit(0)
    return os.waitpid(child, 0)[0] if child > 0 else -1


def join(kind):
    """Enter a namespace of the first process there is."""
    try:
        descriptor = os.open(f"/proc/1/ns/{kind}", os.O_RDONLY)
    except OSError:
        return -1
    return libc.syscall(ctypes.c_long(SETNS), ctypes.c_long(descriptor), ctypes.c_long(0))


def may(act, flags):
    return in_a_child(lambda: act(flags)) or in_a_child(lambda: act(flags | KINDS["user"]))


def unshare(flags):
    return libc.syscall(ctypes.c_long(UNSHARE), ctypes.c_long(flags))


# gVisor gives namespaces of its own kernel away, in which nothing of the machine is; it says in its log that it is one.
gvisor = libc.klogctl(3, room, len(room)) > 0 and b"gVisor" in room.raw
for kind, flag in KINDS.items():
    granted = [way.__name__ for way in (unshare, clone, clone3) if not gvisor and may(way, flag)]
    if granted:
        print("ATTACK", "SUCCEEDED: a new namespace of", kind, "by", ", ".join(granted))
print("kinds of namespace asked for:", len(KINDS))

# %%
for kind in ("mnt", "net", "pid", "user", "uts", "ipc", "cgroup"):
    if not gvisor and in_a_child(lambda kind=kind: join(kind)):
        print("ATTACK", "SUCCEEDED: it joined the namespace", kind)
print("namespaces of process 1 tried")
