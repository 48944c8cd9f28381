# %%
import ctypes
import os
import resource
import shutil

libc = ctypes.CDLL(None, use_errno=True)
ALL = 0xFFFFFFFF


def rights():
    """The effective rights, and whether the user is root."""
    with open("/proc/self/status") as file:
        said = dict(line.split(":", 1) for line in file if ":" in line)
    return int(said["CapEff"], 16), os.geteuid() == 0


def take_all_capabilities():
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)
    libc.capset(head, (ctypes.c_uint32 * 6)(*[ALL] * 6))


def keep_them_and_become_root():
    libc.prctl(8, 1, 0, 0, 0)
    libc.prctl(28, 0, 0, 0, 0)
    for number in range(41):
        libc.prctl(47, 2, number, 0, 0)
    os.setresgid(0, 0, 0)
    os.setresuid(0, 0, 0)


def take_root_by_halves():
    libc.setfsuid(0)
    libc.setfsgid(0)
    os.setreuid(-1, 0)


def join_groups_of_root():
    os.setgroups([0, 1, 4, 6, 999])


def make_a_program_of_root():
    """A copy of a program that would run as root, and one that would have all rights."""
    program = shutil.copy("/bin/true", f"./pivotlab-attack-program-{os.getpid()}")
    try:
        os.setxattr(program, "security.capability", (0x02000001).to_bytes(4, "little") + b"\xff" * 16)
    finally:
        try:
            os.chown(program, 0, 0)
            os.chmod(program, 0o6755)
        finally:
            os.unlink(program)
    raise SystemExit(7)


def forget_the_promise():
    """A process that promised to gain no rights is to take its promise back, and its filter with it."""
    if libc.prctl(39, 0, 0, 0, 0) == 0:
        raise SystemExit(7)
    if libc.prctl(38, 0, 0, 0, 0) == 0 or libc.prctl(22, 0, 0, 0, 0) == 0:
        raise SystemExit(7)


def raise_limits():
    for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_CORE):
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY:
            resource.setrlimit(kind, (hard, hard + 1024))
            raise SystemExit(7)


def outlive_the_others():
    """When memory ends, the kernel is to end somebody else."""
    with open("/proc/self/oom_score_adj", "r+") as file:
        now = int(file.read())
        file.seek(0)
        file.write(str(now - 500))
    raise SystemExit(7)


def go_first():
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50))
    raise SystemExit(7)


WAYS = (
    take_all_capabilities, keep_them_and_become_root, take_root_by_halves, join_groups_of_root, make_a_program_of_root,
    forget_the_promise, raise_limits, outlive_the_others, go_first,
)  # fmt: skip
room = ctypes.create_string_buffer(65536)
# gVisor keeps a score and a schedule of its own, which nothing outside hears of; it says in its log that it is gVisor.
gvisor = libc.klogctl(3, room, len(room)) > 0 and b"gVisor" in room.raw
for way in WAYS:
    if gvisor and way in {outlive_the_others, go_first}:
        continue
    child = os.fork()
    if child == 0:
        before, code = rights(), 0
        try:
            way()
        except (OSError, ValueError):  # refused; setrlimit says so by a ValueError
            pass
        except SystemExit:
            code = 7
        finally:
            after = rights()
            os._exit(8 if after[0] & ~before[0] or after[1] > before[1] else code)
    if os.waitpid(child, 0)[1]:
        print("ATTACK", "SUCCEEDED: it gained rights:", way.__name__)
print("ways to rights tried:", len(WAYS))
