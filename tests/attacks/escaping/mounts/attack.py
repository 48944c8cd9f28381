# %%
import ctypes
import errno
import os
import platform

libc = ctypes.CDLL(None, use_errno=True)
HERE, NOTHING = -100, b"/pivotlab-attack/nothing"
room = ctypes.create_string_buffer(65536)
# Numbers on x86_64 and on aarch64. There is nothing at that path, so where a mount is allowed it still changes nothing.
CALLS = {
    "mount": (165, 40, 0, NOTHING, b"tmpfs", 0, 0), "remount": (165, 40, 0, NOTHING, 0, 0x20, 0),
    "bind": (165, 40, NOTHING, NOTHING, 0, 0x1000, 0), "umount2": (166, 39, NOTHING, 2),
    "pivot_root": (155, 41, NOTHING, NOTHING), "chroot": (161, 51, NOTHING), "open_tree": (428, 428, HERE, NOTHING, 1),
    "move_mount": (429, 429, -1, NOTHING, -1, NOTHING, 0), "fsopen": (430, 430, b"tmpfs", 1), "fsconfig": (431, 431, -1, 0, 0, 0, 0),
    "fsmount": (432, 432, -1, 0, 0), "fspick": (433, 433, HERE, NOTHING, 0), "mount_setattr": (442, 442, -1, NOTHING, 0, 0, 0),
}  # fmt: skip
REFUSED = {errno.EPERM, errno.EACCES, errno.ENOSYS}


def call(numbers, *arguments):
    """What the call returns, or its error as a negative number."""
    number = numbers[platform.machine() == "aarch64"]
    ctypes.set_errno(0)
    result = libc.syscall(*(ctypes.c_long(one) if isinstance(one, int) else one for one in (number, *arguments)))
    return result if result >= 0 else -ctypes.get_errno()


# There a mount is gVisor's own, and it says in its log that it is gVisor.
gvisor = libc.klogctl(3, room, len(room)) > 0 and b"gVisor" in room.raw
for name, (one, other, *arguments) in CALLS.items():
    if -call((one, other), *arguments) not in REFUSED and not gvisor:
        print("ATTACK", "SUCCEEDED: the kernel listens to", name)
print("ways to mount tried:", len(CALLS))


# %%
def mount_as_its_own_root():
    """In a user namespace a process is root of its own mounts; what it mounts there ends with it."""
    user_and_mounts = 0x10000000 | 0x00020000
    if call((272, 97), user_and_mounts) < 0:
        return 0
    return 1 if call((165, 40), b"none", os.getcwd().encode(), b"tmpfs", 0, 0) >= 0 else 2


child = os.fork()
if child == 0:
    os._exit(mount_as_its_own_root())
code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
if code and not gvisor:
    print("ATTACK", "SUCCEEDED: root of its own namespaces", "and it mounts" * (code == 1))
for place in ("/", "/sys", "/proc/sys"):
    if not gvisor and not os.statvfs(place).f_flag & os.ST_RDONLY:
        print("ATTACK", "SUCCEEDED: mounted for writing:", place)
print("its own root tried")
