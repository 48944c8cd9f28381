"""First program in every sandbox: takes the other programs from standard input, and one of them runs in a child.

Its text is handed to `python -c`, so it stands alone. The parent stays behind as process 1: it reaps orphans, and ends
with a code that says how the child ended, which the host reads from the engine.
"""

import contextlib
import importlib
import json
import os
import signal
import struct
import sys
import types
from importlib.machinery import ModuleSpec

# How process 1 ends: below 128 the child's own exit code, above 192 the signal that ended it. What lies between is left
# to whoever ends process 1 from outside, so that it is never taken for the learner's doing.
SIGNALLED = 192
OWN_CODES = 128


def read_exactly(size: int) -> bytes:
    """The next `size` bytes of standard input, and not one more: what follows belongs to the program."""
    read = bytearray()
    while len(read) < size:
        chunk = os.read(0, size - len(read))
        if not chunk:
            sys.exit("the programs did not arrive whole")
        read += chunk
    return bytes(read)


class Received:
    """Finds and loads the modules that came down the stream, so that they import each other in any order."""

    def __init__(self, sources: dict[str, str]) -> None:
        self._sources = sources

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """The spec of a received module; a package is one that others are named below."""
        if name not in self._sources:
            return None
        is_package = any(other.startswith(name + ".") for other in self._sources)
        # It need not be called a Loader, and importlib.abc, which says what one is, takes 15 ms to import.
        return ModuleSpec(name, self, is_package=is_package)  # type: ignore[arg-type]

    def create_module(self, _spec: ModuleSpec, /) -> None:
        """The default module object will do."""

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the module's source."""
        code = compile(self._sources[module.__name__], f"<{module.__name__}>", "exec")
        exec(code, module.__dict__)  # noqa: S102 - this is how programs arrive

    def get_source(self, name: str) -> str:
        """The text, for tracebacks."""
        return self._sources[name]


def await_child() -> int:
    """Tell when this process began, then wait until a child was put beside it that signals; the child's number."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    # By its 22nd field, the second being a name in brackets.
    with open("/proc/self/stat", "rb") as stat:  # noqa: PTH123 - a process that waits need not have loaded pathlib
        began = stat.read().rpartition(b")")[2].split()[19]
    os.write(1, struct.pack(">Q", int(began)))
    child = signal.sigwaitinfo({signal.SIGUSR1}).si_pid
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1})
    return child


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


def main() -> None:
    """Receive, fork, give up rights, run."""
    (size,) = struct.unpack(">I", read_exactly(4))
    programs = json.loads(read_exactly(size))
    sys.meta_path.insert(0, Received(programs["modules"]))
    confinement = importlib.import_module("grader.inside.confinement")
    # The child shares our user, and must not read us, write to us or make us end as it likes.
    confinement.control(confinement.PR_SET_DUMPABLE, 0)
    # Where this is not process 1, what the child leaves behind would go elsewhere. A fork does not inherit it.
    confinement.control(confinement.PR_SET_CHILD_SUBREAPER, 1)
    parent = os.getpid()
    child = await_child() if programs["child"] == "put in" else os.fork()
    if child:
        # Python's own handler would let an interrupt through that a kernel keeps from process 1.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.close(0)
        os.close(1)
        os._exit(outlive(child))
    confinement.control(confinement.PR_SET_DUMPABLE, 1)
    # A signal to the child's group is not for the parent.
    os.setsid()
    if programs["child"] == "confined":
        confinement.refuse_calls(parent)
    importlib.import_module(programs["main"]).main(*programs["arguments"])


main()
