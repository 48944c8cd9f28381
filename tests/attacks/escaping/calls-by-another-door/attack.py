# %%
import ctypes
import errno
import mmap
import os
import platform
import signal

libc = ctypes.CDLL(None, use_errno=True)
# The same calls by the numbers of 32-bit programs, which a filter that looks at numbers alone takes for other calls.
OLD_DOOR = {
    "io_uring_setup": 425,
    "userfaultfd": 374,
    "bpf": 357,
    "perf_event_open": 336,
    "add_key": 286,
    "keyctl": 288,
    "ptrace": 26,
    "unshare": 310,
    "setns": 346,
    "mount": 21,
}
X32 = {
    "io_uring_setup": 425,
    "userfaultfd": 323,
    "bpf": 321,
    "add_key": 248,
    "keyctl": 250,
    "ptrace": 521,
    "unshare": 272,
    "mount": 165,
}
REFUSED = {errno.EPERM, errno.EACCES, errno.ENOSYS}


def in_a_child(act):
    """What `act` returns in a child, 0 to 255; 255 where the machine has no such door and a signal ends the child."""
    child = os.fork()
    if child == 0:
        for fatal in (signal.SIGSEGV, signal.SIGSYS, signal.SIGILL):
            signal.signal(fatal, signal.SIG_DFL)
        os._exit(act())
    status = os.waitpid(child, 0)[1]
    return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 255


def by_old_door(number):
    """push rbx; eax = number, all arguments nought; int 0x80; pop rbx; ret."""
    code = b"\x53\xb8" + number.to_bytes(4, "little") + b"\x31\xdb\x31\xc9\x31\xd2\x31\xf6\x31\xff\xcd\x80\x5b\xc3"
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
    return lambda: -min(call(), 0) if page else 0


def by_x32(number):
    def call():
        result = libc.syscall(ctypes.c_long(0x40000000 + number), *[ctypes.c_long(0)] * 5)
        return ctypes.get_errno() if result < 0 else 0

    return call


room = ctypes.create_string_buffer(65536)
# There a call reaches no further than gVisor's own kernel, which says in its log that it is one.
gvisor = libc.klogctl(3, room, len(room)) > 0 and b"gVisor" in room.raw
has_doors = platform.machine() == "x86_64" and not gvisor
doors = {"int 0x80": (by_old_door, OLD_DOOR), "x32": (by_x32, X32)} if has_doors else {}
for door, (through, numbers) in doors.items():
    for name, number in numbers.items():
        answer = in_a_child(through(number))
        if answer != 255 and answer not in REFUSED:
            print("ATTACK", "SUCCEEDED: by", door, "it may call", name)
print("other doors tried")
