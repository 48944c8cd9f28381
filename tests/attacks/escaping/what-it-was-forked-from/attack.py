# %%
import ctypes
import os
import signal

libc = ctypes.CDLL(None, use_errno=True)
PTRACE_SEIZE = 0x4206
SYSCALLS = {"x86_64": (434, 438, 310), "aarch64": (434, 438, 270)}[os.uname().machine]
PIDFD_OPEN, PIDFD_GETFD, PROCESS_VM_READV = SYSCALLS
LARGEST_NUMBER = 70_000
own = {os.getpid(), os.getppid()}


class Piece(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


def is_there(number):
    """A process that may not be signalled is there all the same."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def opens(path):
    try:
        os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
    except OSError:
        return False
    return True


def reads_memory(number):
    """Where this process has its own program, the one it was forked from has the same at the same place."""
    place = ctypes.addressof(libc.getpid)
    taken = ctypes.create_string_buffer(8)
    here, there = Piece(ctypes.addressof(taken), 8), Piece(place, 8)
    return libc.syscall(PROCESS_VM_READV, number, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) > 0


def takes_descriptor(number):
    held = libc.syscall(PIDFD_OPEN, number, 0)
    return held >= 0 and libc.syscall(PIDFD_GETFD, held, 0, 0) >= 0


def traces(number):
    """In a child, so that what it would seize is let go at once."""
    child = os.fork()
    if child == 0:
        os._exit(int(libc.ptrace(PTRACE_SEIZE, number, None, None) == 0))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1


# Whoever forked this one may be a stranger to its process table, and still be its parent, or lead its session.
relatives = {os.getppid(), os.getpgid(0), os.getsid(0), *(number for number in range(1, 40))} - {os.getpid(), 0}
ways = 0
for number in sorted(relatives):
    for way in (reads_memory, takes_descriptor, traces):
        ways += 1
        if way(number):
            print("ATTACK", "SUCCEEDED:", way.__name__, number)
    for name in ("mem", "fd/0", "fd/1", "environ", "root", "cwd", "map_files"):
        ways += 1
        if opens(f"/proc/{number}/{name}"):
            print("ATTACK", "SUCCEEDED: opened", name, "of", number)
print("ways to its relatives tried:", ways > 300)

# %%
strangers = [number for number in range(1, LARGEST_NUMBER) if number not in own and is_there(number)]
strangers = [number for number in strangers if is_there(number)]
if strangers:
    print("ATTACK", "SUCCEEDED: it can reach", strangers[:5])
print("numbers signalled:", LARGEST_NUMBER)

# %%
# Descriptors that were left open in it: all that a process of its own has are its standard streams.
descriptors = {}
for name in os.listdir("/proc/self/fd"):
    try:
        descriptors[int(name)] = os.readlink(f"/proc/self/fd/{name}")
    except OSError:
        continue
pipes = {path for path in descriptors.values() if path.startswith("pipe:")}
known = {
    path
    for path in descriptors.values()
    if path.startswith(("pipe:", "/dev/null", "/proc/", "/tmp/", "/work/", "/memfd:"))
}
others = set(descriptors.values()) - known
if others:
    print("ATTACK", "SUCCEEDED: it holds", sorted(others))
print("its descriptors were looked at:", bool(pipes))

# %%
# Signals that reach whole groups: of the process group, of the session's leader, of everybody.
signal.signal(signal.SIGTERM, signal.SIG_IGN)
sent = 0
for group in (-1, -own.copy().pop(), -os.getpgid(0), -os.getsid(0), -2, -3):
    if group != -os.getpid():
        sent += 1
        try:
            os.kill(group, signal.SIGTERM)
        except OSError:
            continue
print("groups signalled:", sent >= 3)
