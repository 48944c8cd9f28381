# %%
import ctypes
import os
import stat

room = ctypes.create_string_buffer(65536)
# There /dev/fuse and /dev/net/tun are gVisor's own, and lead nowhere; it says in its log that it is gVisor.
gvisor = ctypes.CDLL(None).klogctl(3, room, len(room)) > 0 and b"gVisor" in room.raw
HARMLESS = {"null", "zero", "full", "random", "urandom", "tty", "ptmx", "console"} | ({"fuse"} if gvisor else set())
# Opened for reading at most; each gives away the machine's memory, disks, network or hypervisor.
DEVICES = (
    "mem", "kmem", "port", "kmsg", "fuse", "kvm", "loop-control", "loop0", "net/tun", "vhost-net", "vhost-vsock", "vsock",
    "userfaultfd", "mapper/control", "btrfs-control", "uinput", "cpu/0/msr", "nvidiactl", "sda", "vda", "nvme0n1", "xvda",
)  # fmt: skip


def opens(path, flags=os.O_RDONLY):
    try:
        os.close(os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC))
    except OSError:
        return False
    return True


for name in DEVICES:
    if opens(f"/dev/{name}") and not (gvisor and name in {"fuse", "net/tun"}):
        print("ATTACK", "SUCCEEDED: it opens the device", name)
for name in os.listdir("/dev"):
    kind = os.lstat(f"/dev/{name}").st_mode
    if (stat.S_ISCHR(kind) or stat.S_ISBLK(kind)) and name not in HARMLESS and os.access(f"/dev/{name}", os.R_OK):
        print("ATTACK", "SUCCEEDED: a device is there that no lab needs:", name)
if os.access("/dev", os.W_OK):
    print("ATTACK", "SUCCEEDED: /dev can be written")
print("devices tried:", len(DEVICES))

# %%
# A device is a pair of numbers: whoever may make the file has the machine's memory (1, 1) or its disk (254, 0).
made = 0
for folder in (".", "/tmp", "/dev/shm"):
    for kind, major, minor in (
        (stat.S_IFCHR, 1, 1),
        (stat.S_IFCHR, 1, 11),
        (stat.S_IFBLK, 254, 0),
        (stat.S_IFBLK, 8, 0),
    ):
        path = os.path.join(folder, f"pivotlab-attack-device-{os.getpid()}")
        try:
            os.mknod(path, kind | 0o600, os.makedev(major, minor))
        except OSError:
            continue
        if opens(path):
            print("ATTACK", "SUCCEEDED: it made and opened the device", major, minor, "in", folder)
        os.unlink(path)
for descriptor in range(3):
    # What it was given to speak with must not be a terminal, into which one could type.
    if os.isatty(descriptor):
        print("ATTACK", "SUCCEEDED: it holds a terminal")
print("devices of its own tried")
