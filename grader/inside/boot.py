"""First program in every sandbox: takes the other programs from standard input and runs one of them in a child.

Its text is handed to `python -c`, so it stands alone. The parent stays behind as process 1: it reaps orphans, and ends
with a code that says how the child ended, which the host reads from the engine.
"""

import contextlib
import ctypes
import importlib
import json
import os
import platform
import signal
import struct
import sys
import types
from importlib.abc import Loader
from importlib.machinery import ModuleSpec

# How process 1 ends: below 128 the child's own exit code, above 192 the signal that ended it. What lies between is left
# to whoever ends process 1 from outside, so that it is never taken for the learner's doing.
SIGNALLED = 192
OWN_CODES = 128

# Numbers of linux/prctl.h, linux/seccomp.h, linux/audit.h and linux/filter.h.
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 4, 22, 36, 38
SECCOMP_MODE_FILTER = 2
ALLOW, REFUSE = 0x7FFF0000, 0x00050001
NOT_THERE = 0x00050026
LOAD, IF_EQUAL, IF_AT_LEAST, IF_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
CALL_NUMBER, CALL_ARCHITECTURE, CALL_ARGUMENT = 0, 4, 16
X32_CALLS = 0x40000000
ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}

# No lab needs them and kernels had holes behind them, so they are refused whatever the engine's own filter says: by
# name, with their numbers on x86_64 and on aarch64.
REFUSED = {
    "add_key": (248, 217), "bpf": (321, 280), "fadvise64": (221, 223), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "io_uring_setup": (425, 425), "kcmp": (312, 272), "keyctl": (250, 219),
    "memfd_secret": (447, 447), "mincore": (27, 232), "mount": (165, 40), "perf_event_open": (298, 241),
    "pidfd_getfd": (438, 438), "pivot_root": (155, 41), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "ptrace": (101, 117), "request_key": (249, 218), "setns": (308, 268),
    "unshare": (272, 97), "userfaultfd": (323, 282),
}  # fmt: skip
# Refused by their first argument. Signals to process 1 and to everybody (a kernel lets some through, gVisor all), its
# limits (at the end of its processor time it would be killed, as if from outside), kinds of socket that no network
# namespace holds, and new namespaces, which plain processes of root could have.
SIGNALS = {
    "kill": (62, 129), "pidfd_open": (434, 434), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "tgkill": (234, 131), "tkill": (200, 130),
}  # fmt: skip
PRLIMIT, SOCKET, CLONE, CLONE3 = (302, 261), (41, 198), (56, 220), (435, 435)
UNIX_INET_INET6_NETLINK = (1, 2, 10, 16)
NEW_NAMESPACE = 0x7E020000


def read_exactly(size: int) -> bytes:
    """The next `size` bytes of standard input, and not one more: what follows belongs to the program."""
    read = bytearray()
    while len(read) < size:
        chunk = os.read(0, size - len(read))
        if not chunk:
            sys.exit("the programs did not arrive whole")
        read += chunk
    return bytes(read)


class Received(Loader):
    """Finds and loads the modules that came down the stream, so that they import each other in any order."""

    def __init__(self, sources: dict[str, str]) -> None:
        self._sources = sources

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """The spec of a received module; a package is one that others are named below."""
        if name not in self._sources:
            return None
        return ModuleSpec(name, self, is_package=any(other.startswith(name + ".") for other in self._sources))

    def create_module(self, _spec: ModuleSpec, /) -> None:
        """The default module object will do."""

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the module's source."""
        code = compile(self._sources[module.__name__], f"<{module.__name__}>", "exec")
        exec(code, module.__dict__)  # noqa: S102 - this is how programs arrive

    def get_source(self, name: str) -> str:
        """The text, for tracebacks."""
        return self._sources[name]


def outlive(child: int) -> int:
    """Wait for the child, reaping whatever else ends meanwhile; the code to end with."""
    while True:
        pid, status = os.wait()
        if pid == child:
            reap_the_dead()
            code = os.waitstatus_to_exitcode(status)
            return min(code, OWN_CODES - 1) if code >= 0 else SIGNALLED - code


def reap_the_dead() -> None:
    """Take the exit codes of all that has ended, without waiting for what has not."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


class Filter(ctypes.Structure):
    """struct sock_fprog of linux/filter.h."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def control(option: int, value: int, pointer: object = None) -> None:
    """prctl(2). Raises OSError."""
    # Some options want the arguments that they do not use to be nought in all their 64 bits.
    nought = ctypes.c_ulong(0)
    if ctypes.CDLL(None, use_errno=True).prctl(option, ctypes.c_ulong(value), pointer or nought, nought, nought):
        raise OSError(ctypes.get_errno(), "this kernel does not let a sandbox give up rights")


Instruction = tuple[int, int, int, int]


def refuse_calls(parent: int) -> None:
    """Refuse some system calls, to this process and all that it starts, for good. Raises OSError."""
    if platform.machine() not in ARCHITECTURES:
        return
    architecture, column = ARCHITECTURES[platform.machine()]
    program: list[Instruction] = [
        (LOAD, 0, 0, CALL_ARCHITECTURE), (IF_EQUAL, 1, 0, architecture), (RETURN, 0, 0, REFUSE),
        (LOAD, 0, 0, CALL_NUMBER), (IF_AT_LEAST, 0, 1, X32_CALLS), (RETURN, 0, 0, REFUSE),
        (IF_EQUAL, 0, 1, CLONE3[column]), (RETURN, 0, 0, NOT_THERE),
    ]  # fmt: skip
    for numbers in REFUSED.values():
        program += [(IF_EQUAL, 0, 1, numbers[column]), (RETURN, 0, 0, REFUSE)]
    everybody_and_parent = tuple(pid % 2**32 for pid in (-1, parent, -parent))
    for numbers in SIGNALS.values():
        program += check_argument(numbers[column], refused=everybody_and_parent)
    program += check_argument(PRLIMIT[column], allowed=(0,))
    program += check_argument(SOCKET[column], allowed=UNIX_INET_INET6_NETLINK)
    program += check_argument(CLONE[column], bits=NEW_NAMESPACE)
    program.append((RETURN, 0, 0, ALLOW))
    instructions = b"".join(struct.pack("=HBBI", *one) for one in program)
    control(PR_SET_NO_NEW_PRIVS, 1)
    control(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(Filter(len(program), instructions)))


def check_argument(
    call: int, *, refused: tuple[int, ...] = (), allowed: tuple[int, ...] = (), bits: int = 0
) -> list[Instruction]:
    """What a filter does with one call: by its first argument it is refused, or it is allowed and the filter ends."""
    checks: list[Instruction] = [(IF_EQUAL, 0, 1, value) for value in refused]
    verdicts: list[Instruction] = [(RETURN, 0, 0, REFUSE) for _ in refused]
    body = [one for pair in zip(checks, verdicts, strict=True) for one in pair]
    for value in allowed:
        body += [(IF_EQUAL, 0, 1, value), (RETURN, 0, 0, ALLOW)]
    if bits:
        body += [(IF_ANY_BIT, 0, 1, bits), (RETURN, 0, 0, REFUSE)]
    body = [(LOAD, 0, 0, CALL_ARGUMENT), *body, (RETURN, 0, 0, REFUSE if allowed else ALLOW)]
    return [(IF_EQUAL, 0, len(body), call), *body]


def main() -> None:
    """Receive, fork, give up rights, run."""
    (size,) = struct.unpack(">I", read_exactly(4))
    programs = json.loads(read_exactly(size))
    # The child shares our user, and must not read us, write to us or make us end as it likes.
    control(PR_SET_DUMPABLE, 0)
    parent = os.getpid()
    child = os.fork()
    if child:
        # Python's own handler would let an interrupt through that a kernel keeps from process 1.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # Where this is not process 1, what the child leaves behind would go elsewhere.
        control(PR_SET_CHILD_SUBREAPER, 1)
        os.close(0)
        os.close(1)
        os._exit(outlive(child))
    control(PR_SET_DUMPABLE, 1)
    # A signal to the child's group is not for the parent.
    os.setsid()
    refuse_calls(parent)
    sys.meta_path.insert(0, Received(programs["modules"]))
    importlib.import_module(programs["main"]).main(*programs["arguments"])


main()
