# %%
import ctypes
import errno
import os
import platform

libc = ctypes.CDLL(None, use_errno=True)
room = ctypes.create_string_buffer(65536)
ROOM = ctypes.addressof(room)
NOTHING = b"/pivotlab-attack/nothing"
INVALID_TIME = ctypes.create_string_buffer((1).to_bytes(8, "little") + (2**40).to_bytes(8, "little"))
TIME = ctypes.addressof(INVALID_TIME)
# Numbers on x86_64 and on aarch64; the arguments are such that even where a call is allowed, nothing can come of it:
# wrong magic, wrong flags, no such file. Who may not make the call hears EPERM, whatever the arguments.
CALLS = {
    "kexec_load": (246, 104, 0, 9999, 0, 0xFF00), "kexec_file_load": (320, 294, -1, -1, 0, 0, 0xFF00),
    "init_module": (175, 105, 0, 0, b""), "finit_module": (313, 273, -1, b"", 0), "delete_module": (176, 106, b"pivotlab_none", 0x800),
    "reboot": (169, 142, 0, 0, 0, 0), "clock_settime": (227, 112, 0, TIME), "settimeofday": (164, 170, TIME, 0),
    "sethostname": (170, 161, ROOM, -1), "setdomainname": (171, 162, ROOM, -1), "swapon": (167, 224, NOTHING, 0),
    "swapoff": (168, 225, NOTHING), "acct": (163, 89, NOTHING), "quotactl": (179, 60, -1, 0, 0, 0),
    "fanotify_init": (300, 262, 0, 0),
}  # fmt: skip
REFUSED = {errno.EPERM, errno.EACCES, errno.ENOSYS}


def call(numbers, *arguments):
    """What the call returns, or its error as a negative number."""
    number = numbers[platform.machine() == "aarch64"]
    ctypes.set_errno(0)
    result = libc.syscall(*(ctypes.c_long(one) if isinstance(one, int) else one for one in (number, *arguments)))
    return result if result >= 0 else -ctypes.get_errno()


for name, (one, other, *arguments) in CALLS.items():
    if -call((one, other), *arguments) not in REFUSED:
        print("ATTACK", "SUCCEEDED: it may call", name)
print("calls on the machine tried:", len(CALLS))

# %%
# The machine's log tells what runs on it; gVisor shows a log of its own, a joke.
length = libc.klogctl(3, room, len(room))
if length > 0 and b"gVisor" not in room.raw:
    print("ATTACK", "SUCCEEDED: it reads the machine's log")
# A file handle with the number of a file system's root opens it, past every mount. /etc/hostname is on the host's.
descriptor = os.open("/etc/hostname", os.O_RDONLY)
handle = ctypes.create_string_buffer((8).to_bytes(4, "little") + (1).to_bytes(4, "little") + (2).to_bytes(8, "little"))
opened = call((304, 265), descriptor, ctypes.addressof(handle), os.O_RDONLY)
os.close(descriptor)
if opened >= 0:
    print("ATTACK", "SUCCEEDED: it opened the root of the host's disk by its number")
    os.close(opened)
print("log and handle tried")
