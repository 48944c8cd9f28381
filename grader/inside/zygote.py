"""Makes learners' sandboxes warm: has a lab's imports done, and forks into containers that the engine made and locked.

This is the only program of ours with rights over the machine, and no learner's byte ever reaches it. It hears three
things from the host: the number, the container and the starting time of a process 1 that waits in a container of its
own (the *sleeper*; see boot.await_child). Whatever holds for that process is read from the kernel and taken over by the
fork: nothing is configured twice, and what cannot be taken over exactly is refused.

    zygote ── fork ──> porter ── fork ──> doorman ── fork ──> the learner's process
    serves for ever    reads the sleeper,  the first in its    gives up every right, then runs
                       enters its cgroups   process namespace,  inside/learner.py
                       and namespaces       and leaves at once

The doorman leaves so that the kernel gives its child to process 1 of the container, which waits for it and tells its
end to the engine, as if it had started it. None of the three holds a lock or a thread that a fork would break.
"""

import contextlib
import ctypes
import errno
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.inside import confinement
from grader.inside.forkable import LEARNER_PROGRAM, become_forkable
from grader.inside.uplink import Uplink, take_over_standard_streams
from grader.inside.wire import Header

ENTRY_SECONDS = 20
"""How long one fork may take to be a learner's process; it takes some hundredths."""
ENTERED = b"entered"
_REASON_CHARACTERS = 300
_CGROUPS = Path("/sys/fs/cgroup")
_LISTENING = 3
"""The lowest descriptor that is no standard stream."""

# Numbers of linux/sched.h, linux/ptrace.h, linux/prctl.h, linux/keyctl.h and linux/capability.h.
NAMESPACES = {
    "ipc": 0x08000000, "uts": 0x04000000, "net": 0x40000000, "cgroup": 0x02000000, "pid": 0x20000000, "mnt": 0x00020000,
}  # fmt: skip
PTRACE_DETACH, PTRACE_SEIZE, PTRACE_INTERRUPT, PTRACE_SECCOMP_GET_FILTER = 17, 0x4206, 0x4207, 0x420C
WAIT_FOR_ALL = 0x40000000
PR_CAPBSET_DROP, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 24, 47, 4
KEYCTL_JOIN_SESSION_KEYRING = 1
CAPABILITIES_3 = 0x20080522

MUST_AGREE = (
    "Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp",
    "Seccomp_filters", "Umask",
)  # fmt: skip
"""What /proc/PID/status must say of the learner's process as it does of the sleeper."""

_libc = ctypes.CDLL(None, use_errno=True)


class RefusedError(Exception):
    """This sleeper is not entered; the message says why."""


def main(imports: list[str], late: list[str]) -> None:
    """Do the imports and load what they load late, say what was left out and why, then put a fork into each sleeper.

    The host names the sleepers, one after the other.
    """
    uplink = take_over_standard_streams()
    forkable = become_forkable([*imports, *late])
    uplink.send({"kind": "ready", "left_out": forkable.left_out})
    if serve(uplink):
        forkable.reseed()
        sys.modules[LEARNER_PROGRAM].main(imports)


# ---- in the zygote: one request after the other


def serve(uplink: Uplink) -> bool:
    """Do what the host asks until it hangs up; true in each fork that has become a learner's process."""
    while (frame := uplink.receive()) is not None:
        if (answer := put_in(frame[0], uplink)) is None:
            return True
        uplink.send(answer)
    return False


def put_in(request: Header, uplink: Uplink) -> Header | None:
    """Put a fork into the sleeper of the request: what to tell the host, and in the fork nothing."""
    hear, tell = os.pipe()
    porter = os.fork()
    if porter == 0:
        os.close(hear)
        uplink.close()
        carry(request, tell)
        return None
    os.close(tell)
    try:
        said = _read_all(hear, ENTRY_SECONDS)
    finally:
        os.close(hear)
        # It has ended, or hangs; the learner's process is no child of it, nor of this one.
        os.kill(porter, signal.SIGKILL)
        os.waitpid(porter, 0)
    if said == ENTERED:
        return {"kind": "entered"}
    return {"kind": "refused", "reason": said.decode(errors="replace") or "a fork ended before it said why"}


def _read_all(descriptor: int, seconds: float) -> bytes:
    """What is written until all writers have closed, or the time is over."""
    said, deadline = b"", time.monotonic() + seconds
    while select.select([descriptor], [], [], max(0, deadline - time.monotonic()))[0]:
        if not (part := os.read(descriptor, _REASON_CHARACTERS)):
            return said
        said += part
    return b"it took too long"


# ---- in the porter, which has every right of the zygote and ends as soon as the learner's process is on its way


@dataclass(frozen=True, kw_only=True)
class Sleeper:
    """What the kernel says of a process 1 that waits; `pidfd` is that process and no other, whatever its number."""

    pid: int
    pidfd: int
    status: dict[str, str]
    cgroups: str
    folder: str
    score: str
    streams: tuple[int, ...]
    filters: tuple[bytes, ...]
    limits: str
    label: str
    """What AppArmor or SELinux calls it; empty where neither is."""


def carry(request: Header, tell: int) -> None:
    """Enter the sleeper's container and leave a learner's process there; returns in that one alone."""
    try:
        sleeper = identify(int(request["pid"]), str(request["container"]), int(request["began"]))
        join_cgroups(sleeper)
        enter_namespaces(sleeper)
        doorman = os.fork()
        if doorman == 0:
            if os.fork() == 0:
                live(sleeper, tell)
                return
            os._exit(0)
        os.waitpid(doorman, 0)
    except (RefusedError, OSError, ValueError, KeyError) as error:
        _say(tell, error)
    os._exit(0)


def _say(tell: int, error: Exception) -> None:
    said = str(error) if isinstance(error, RefusedError) else f"{type(error).__name__}: {error}"
    os.write(tell, said[:_REASON_CHARACTERS].encode())


def identify(pid: int, container: str, began: int) -> Sleeper:
    """The sleeper of a number, proven to be the one that was meant, and alone in its container. Raises RefusedError.

    A number may have been used again since the engine told it. So the process is held first (a pidfd is one process
    for ever), then looked at by its number, and at the end found to live: then all that was seen was seen of it.
    """
    pidfd = os.pidfd_open(pid)
    place = Path(f"/proc/{pid}")
    status, cgroups = read_status(place), (place / "cgroup").read_text(encoding="utf-8")
    # Only root writes cgroups, so no process says a container's id here that is not in it.
    _require(container in cgroups, f"process {pid} is not of the container {container[:12]}")
    _require(status["NSpid"].split()[1:] == ["1"], f"process {pid} is not the first of its container")
    _require(_began(place) == began, f"process {pid} is another than the one that said it waits")
    _require(_same(place, "user"), "its container has a user namespace, in which our rights are none")
    _require(_same(place, "time"), "its container has a clock of its own")
    inside = {line for folder in cgroup_folders(cgroups) for line in (folder / "cgroup.procs").read_text().split()}
    _require(inside == {str(pid)}, f"process {pid} is not alone in its container")
    sleeper = Sleeper(
        pid=pid, pidfd=pidfd, status=status, cgroups=cgroups, folder=str((place / "cwd").readlink()),
        score=(place / "oom_score_adj").read_text(encoding="utf-8"), filters=copy_filters(pid),
        streams=tuple(_call(_number("pidfd_getfd"), pidfd, number, 0) for number in range(_LISTENING)),
        limits=(place / "limits").read_text(encoding="utf-8"), label=_label(place),
    )  # fmt: skip
    _require(not select.select([pidfd], [], [], 0)[0], f"process {pid} ended meanwhile")
    return sleeper


def read_status(place: Path) -> dict[str, str]:
    """The lines of a process's status by name."""
    lines = (place / "status").read_text(encoding="utf-8", errors="replace").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _began(place: Path) -> int:
    """When a process began, in ticks since the machine did: field 22, the second being a name in brackets."""
    return int((place / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19])


def _same(place: Path, namespace: str) -> bool:
    return _namespace(place, namespace) == _namespace(Path("/proc/self"), namespace)


def _namespace(place: Path, namespace: str) -> str:
    try:
        return str((place / "ns" / namespace).readlink())
    except FileNotFoundError:
        return "this kernel has none"


def _label(place: Path) -> str:
    try:
        return (place / "attr" / "current").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def copy_filters(pid: int) -> tuple[bytes, ...]:
    """The seccomp filters that a process runs under, the newest first, as the kernel holds them.

    So the learner's process gets the filter that this engine gives its containers, whichever that is.
    """
    _trace(PTRACE_SEIZE, pid, 0, 0)
    _trace(PTRACE_INTERRUPT, pid, 0, 0)
    os.waitpid(pid, WAIT_FOR_ALL)
    try:
        return tuple(_filters(pid))
    finally:
        _trace(PTRACE_DETACH, pid, 0, 0)


def _filters(pid: int) -> Iterator[bytes]:
    index = 0
    # EINVAL when there is none at all, ENOENT behind the last.
    with contextlib.suppress(FileNotFoundError):
        while True:
            try:
                instructions = _trace(PTRACE_SECCOMP_GET_FILTER, pid, index, 0)
            except OSError as error:
                if error.errno == errno.EINVAL and not index:
                    return
                raise
            text = ctypes.create_string_buffer(instructions * confinement.INSTRUCTION_BYTES)
            _trace(PTRACE_SECCOMP_GET_FILTER, pid, index, ctypes.addressof(text))
            yield text.raw
            index += 1


def join_cgroups(sleeper: Sleeper) -> None:
    """Move this process into every cgroup of the sleeper, so that its limits count for all that is forked here."""
    for folder in cgroup_folders(sleeper.cgroups):
        (folder / "cgroup.procs").write_text("0", encoding="utf-8")
    _require(Path("/proc/self/cgroup").read_text(encoding="utf-8") == sleeper.cgroups, "its cgroups cannot be joined")


def cgroup_folders(cgroups: str) -> list[Path]:
    """The folders of a process's cgroups, from what /proc/PID/cgroup says: one for each hierarchy, v1 and v2 alike.

    The root of a hierarchy is left out: everything is in it that is nowhere else.
    """
    mounts = list(_cgroup_mounts())
    found = []
    for line in cgroups.splitlines():
        _, controllers, path = line.split(":", 2)
        if path == "/":
            continue
        wanted = set(filter(None, controllers.split(",")))
        mount = next(((root, at) for has, root, at in mounts if (wanted <= has if wanted else not has)), None)
        if mount is None:
            raise RefusedError(f"the cgroups of {controllers or 'version 2'} are not mounted where they are looked for")
        found.append(mount[1] / os.path.relpath(path, mount[0]))
    return found


def _cgroup_mounts() -> Iterator[tuple[set[str], str, Path]]:
    """What is mounted below /sys/fs/cgroup: controllers (none: version 2), which of its folders, and where."""
    for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
        mount, _, kind = (part.split() for part in line.partition(" - "))
        if Path(mount[4]).is_relative_to(_CGROUPS) and kind[0] in {"cgroup", "cgroup2"}:
            yield set(kind[2].split(",")) if kind[0] == "cgroup" else set(), mount[3], Path(mount[4])


def enter_namespaces(sleeper: Sleeper) -> None:
    """Enter all namespaces of the sleeper at once; that of processes counts for those who are forked from now on."""
    if _libc.setns(sleeper.pidfd, sum(NAMESPACES.values())):
        raise OSError(ctypes.get_errno(), "setns")


# ---- in the learner's process, before anything of the learner's is there


def live(sleeper: Sleeper, tell: int) -> None:
    """Become what the sleeper's own child would be; this process ends where it cannot."""
    try:
        take_streams(sleeper, tell)
        become_like(sleeper)
        _adopted()
        # Process 1 waits for this signal, and takes none of anyone's later.
        os.kill(1, signal.SIGUSR1)
        confinement.refuse_calls(1)
    except (RefusedError, OSError, ValueError) as error:
        _say(_LISTENING, error)
        os._exit(1)
    os.write(_LISTENING, ENTERED)
    os.close(_LISTENING)


def take_streams(sleeper: Sleeper, tell: int) -> None:
    """Have the sleeper's standard streams and, until all is said, the way to the zygote; and no other descriptor."""
    # Above all others first, for a number may be one of those that it goes to.
    high = [os.dup(stream) for stream in (*sleeper.streams, tell)]
    for number, stream in enumerate(high):
        os.dup2(stream, number, inheritable=number != _LISTENING)
    os.closerange(_LISTENING + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[1])


def become_like(sleeper: Sleeper) -> None:
    """Take over what holds for the sleeper, the rights last, for the rest needs them. Raises RefusedError, OSError."""
    os.setsid()
    os.chdir(sleeper.folder)
    os.umask(int(sleeper.status["Umask"], 8))
    Path("/proc/self/oom_score_adj").write_text(sleeper.score, encoding="utf-8")
    # A new session keyring; ours would come along otherwise.
    _call(_number("keyctl"), KEYCTL_JOIN_SESSION_KEYRING, 0, 0)
    confinement.control(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    kept = int(sleeper.status["CapBnd"], 16)
    for capability in range(int(Path("/proc/sys/kernel/cap_last_cap").read_text(encoding="utf-8")) + 1):
        if not kept >> capability & 1:
            confinement.control(PR_CAPBSET_DROP, capability)
    take_label(sleeper.label)
    os.setgroups([int(group) for group in sleeper.status["Groups"].split()])
    group, user = (int(sleeper.status[name].split()[0]) for name in ("Gid", "Uid"))
    os.setresgid(group, group, group)
    os.setresuid(user, user, user)
    _drop_capabilities()
    confinement.control(confinement.PR_SET_NO_NEW_PRIVS, 1)
    # Who changes its user cannot be looked at any more, by itself neither.
    confinement.control(confinement.PR_SET_DUMPABLE, 1)
    for text in reversed(sleeper.filters):
        confinement.install_filter(text)
    mine = read_status(Path("/proc/self"))
    differing = [name for name in MUST_AGREE if mine.get(name) != sleeper.status.get(name)]
    _require(not differing, f"the fork is not as its container is: {', '.join(differing)}")
    # The engine gave both the same; another process's can be read and, without one more right, not set.
    _require(Path("/proc/self/limits").read_text(encoding="utf-8") == sleeper.limits, "its limits are not ours")


def take_label(label: str) -> None:
    """Be confined by the sleeper's AppArmor profile, named as "docker-default (enforce)". Raises RefusedError.

    What is unconfined may take any, for good, whether it may gain privileges or not.
    """
    mine = Path("/proc/self")
    if _label(mine) != label:
        with contextlib.suppress(OSError):
            (mine / "attr" / "current").write_text(f"changeprofile {label.rpartition(' (')[0]}", encoding="utf-8")
        _require(_label(mine) == label, f"the fork cannot be confined as its container is, by {label.strip()}")


def _drop_capabilities() -> None:
    """Hold none of any kind; changing the user has left the inheritable ones."""
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    if _libc.capset(header, nothing):
        raise OSError(ctypes.get_errno(), "capset")


def _adopted() -> None:
    """Wait until the doorman is gone and process 1 is this one's parent."""
    deadline = time.monotonic() + ENTRY_SECONDS
    while os.getppid() != 1:
        _require(time.monotonic() < deadline, "process 1 did not adopt the fork")
        time.sleep(0.0005)


# ---- the kernel


def _require(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - as assert, and never compiled away
    if not holds:
        raise RefusedError(otherwise)


def _number(call: str) -> int:
    """The number of a system call that glibc of the image may not have a function for."""
    return confinement.REFUSED[call][confinement.ARCHITECTURES[os.uname().machine][1]]


def _call(number: int, *arguments: int) -> int:
    result: int = _libc.syscall(*(ctypes.c_long(one) for one in (number, *arguments)))
    if result < 0:
        raise OSError(ctypes.get_errno(), f"system call {number}")
    return result


def _trace(request: int, pid: int, address: int, data: int) -> int:
    """ptrace(2). Raises OSError."""
    _libc.ptrace.restype = ctypes.c_long
    result: int = _libc.ptrace(*(ctypes.c_long(one) for one in (request, pid, address, data)))
    if result < 0:
        raise OSError(ctypes.get_errno(), "ptrace")
    return result
