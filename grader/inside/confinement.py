"""Gives up rights for good, for a process and all that it starts; it knows nothing of what runs afterwards."""

import ctypes
import os
import struct

# Numbers of linux/prctl.h, linux/seccomp.h, linux/audit.h and linux/filter.h.
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 4, 22, 36, 38
SECCOMP_MODE_FILTER = 2
ALLOW, REFUSE = 0x7FFF0000, 0x00050001
NOT_THERE = 0x00050026
LOAD, IF_EQUAL, IF_AT_LEAST, IF_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
CALL_NUMBER, CALL_ARCHITECTURE, CALL_ARGUMENT = 0, 4, 16
X32_CALLS = 0x40000000
INSTRUCTION_BYTES = 8
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
    if os.uname().machine not in ARCHITECTURES:
        return
    architecture, column = ARCHITECTURES[os.uname().machine]
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
    control(PR_SET_NO_NEW_PRIVS, 1)
    install_filter(b"".join(struct.pack("=HBBI", *one) for one in program))


def install_filter(instructions: bytes) -> None:
    """Put every system call from now on under a program of struct sock_filter, beside those there are already."""
    program = Filter(len(instructions) // INSTRUCTION_BYTES, instructions)
    control(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program))


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
