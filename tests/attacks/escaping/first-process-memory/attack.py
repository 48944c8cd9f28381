# %%
import ctypes
import os
import platform
import signal

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.restype = ctypes.c_long
ATTACH, DETACH, SEIZE = 16, 17, 0x4206
# The process that started this one tells the host how this one ended. Whoever writes its memory makes it say anything.
supervisor = os.getppid()


def may_trace():
    """In a child, so that whatever happens the trace ends with it."""
    child = os.fork()
    if child == 0:
        traced = libc.ptrace(SEIZE, supervisor, None, None) == 0
        if not traced and libc.ptrace(ATTACH, supervisor, None, None) == 0:
            os.waitpid(supervisor, 0x40000000)
            libc.ptrace(DETACH, supervisor, None, ctypes.c_void_p(signal.SIGCONT))
            traced = True
        os._exit(traced)
    return os.waitpid(child, 0)[1] != 0


def may_open(name, flags=os.O_RDONLY):
    try:
        os.close(os.open(f"/proc/{supervisor}/{name}", flags))
    except OSError:
        return False
    return True


def may_read_memory():
    """The first bytes of the program, by the call that debuggers use."""
    room = ctypes.create_string_buffer(16)
    piece = ctypes.c_uint64 * 2
    return libc.process_vm_readv(supervisor, piece(ctypes.addressof(room), 16), 1, piece(0x400000, 16), 1, 0) > 0


def may_take_descriptors():
    """Its connection to the engine: the error stream, which it keeps open."""
    handle = libc.syscall(ctypes.c_long(434), ctypes.c_long(supervisor), ctypes.c_long(0))
    taken = (
        libc.syscall(ctypes.c_long(438), ctypes.c_long(handle), ctypes.c_long(2), ctypes.c_long(0))
        if handle >= 0
        else -1
    )
    return taken >= 0


ways = {
    "traced": may_trace(), "memory read": may_read_memory(), "descriptors taken": may_take_descriptors(),
    "memory opened": may_open("mem", os.O_RDWR), "environment read": may_open("environ"), "layout read": may_open("maps"),
    "score for the end of memory written": may_open("oom_score_adj", os.O_WRONLY), "name written": may_open("comm", os.O_WRONLY),
    "root entered": os.access(f"/proc/{supervisor}/root/etc", os.R_OK), "descriptors listed": os.access(f"/proc/{supervisor}/fd", os.R_OK),
}  # fmt: skip
room = ctypes.create_string_buffer(65536)
# gVisor shows the environment and the layout to whoever is the same user; neither holds anything, and no more is shown.
gvisor = libc.klogctl(3, room, len(room)) > 0 and b"gVisor" in room.raw
shown = (
    {"environment read", "layout read", "descriptors listed", "score for the end of memory written"}
    if gvisor
    else set()
)
for way, succeeded in ways.items():
    if succeeded and way not in shown:
        print("ATTACK", "SUCCEEDED: the first process:", way)
print("ways into the first process tried:", len(ways))
