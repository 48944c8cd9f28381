# %%
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
CLONE3, UNSHARE = 435, {"x86_64": 272, "aarch64": 97}[os.uname().machine]
CLONE_NEWCGROUP, CLONE_INTO_CGROUP = 0x02000000, 0x200000000
TREE = "/sys/fs/cgroup"


def opens(path):
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))
    except OSError:
        return False
    return True


def attempt(action):
    try:
        action()
    except OSError:
        return False
    return True


# Every group of the machine has a file that takes a process in, and others that bound it.
folders = files = 0
for folder, _, inside in os.walk(TREE):
    folders += 1
    for name in inside:
        files += 1
        if opens(os.path.join(folder, name)):
            print("ATTACK", "SUCCEEDED: may write", folder, name)
    made = os.path.join(folder, "made-by-a-submission")
    if attempt(lambda: os.mkdir(made)):
        # Where nothing isolates it is the machine's own tree, which stays as it was.
        os.rmdir(made)
        print("ATTACK", "SUCCEEDED: made a group in", folder)
    if folders > 500:
        break
print("the tree was walked:", folders >= 1)

# %%
# A tree of its own to write to: mounted anew, or seen from a namespace of its own.
mounts = 0
for kind, options in (
    (b"cgroup", b"memory"),
    (b"cgroup", b"pids"),
    (b"cgroup", b"none,name=systemd"),
    (b"cgroup2", b""),
):
    mounts += 1
    if libc.mount(b"none", b"/tmp", kind, 0, options) == 0:
        print("ATTACK", "SUCCEEDED: mounted", kind)
if libc.syscall(UNSHARE, CLONE_NEWCGROUP) == 0:
    print("ATTACK", "SUCCEEDED: it has a namespace of groups")
print("mounts tried:", mounts)


# %%
class Clone(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in (
        "flags", "pidfd", "child_tid", "parent_tid", "exit_signal", "stack", "stack_size", "tls", "set_tid", "set_tid_size", "cgroup",
    )]  # fmt: skip


# Born into the root of the tree, out of every limit.
try:
    root = os.open(TREE, os.O_PATH | os.O_DIRECTORY)
except OSError:
    root = -1
wanted = Clone(flags=CLONE_INTO_CGROUP, exit_signal=17, cgroup=max(root, 0))
child = libc.syscall(CLONE3, ctypes.byref(wanted), ctypes.sizeof(wanted))
if child == 0:
    os._exit(0)
if child > 0:
    os.waitpid(child, 0)
    print("ATTACK", "SUCCEEDED: a child was born into another group")
print("birth elsewhere tried:", True)
