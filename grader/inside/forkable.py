"""Does a lab's imports in a process that can be forked afterwards; it does not know where its forks go."""

import gc
import importlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOBODY = 65534
LEARNER_PROGRAM = "grader.inside.learner"


@dataclass(frozen=True, kw_only=True)
class Forkable:
    """What this process brings into each of its forks."""

    left_out: dict[str, str]
    """Modules that may not be in it, by name why."""
    name_sequences: list[Any]
    """What draws names of temporary files."""

    def reseed(self) -> None:
        """Give a fork numbers of its own wherever a library drew from the system when it was imported.

        Python's own generator and OpenSSL's see the fork themselves.
        """
        if (numpy_random := sys.modules.get("numpy.random")) is not None:
            numpy_random.seed()
        if (torch := sys.modules.get("torch")) is not None:
            torch.default_generator.seed()
        if (processes := sys.modules.get("multiprocessing.process")) is not None:
            processes.current_process().authkey = os.urandom(32)
        for names in self.name_sequences:
            # It knows a fork by its process number, which in another namespace may be the same.
            names._rng_pid = None  # noqa: SLF001 - it has no door for this


def become_forkable(imports: list[str]) -> Forkable:
    """Do the imports in a fork, which goes on in this one's place and alone returns from here.

    A fork has one thread, and whatever lock another thread held stays locked in it; and memory that is mapped as
    shared would be shared by all forks. What brings either when it is imported is left to those who want it.
    """
    left_out = import_in_a_fork(imports)
    name_sequences = [one for one in gc.get_objects() if type(one).__name__ == "_RandomNameSequence"]
    # What is here now lives for ever: a fork's collector would only copy its pages by looking at it.
    gc.collect()
    gc.freeze()
    return Forkable(left_out=left_out, name_sequences=name_sequences)


def import_in_a_fork(imports: list[str]) -> dict[str, str]:
    """Fork until one has imported all that it may, and is as it should be; what it had to leave out."""
    left_out: dict[str, str] = {}
    while True:
        to_parent, to_child = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(to_parent)
            if (unfit := import_all([name for name in imports if name not in left_out])) is None:
                os.close(to_child)
                return left_out
            os.write(to_child, "\n".join(unfit).encode())
            os._exit(0)
        os.close(to_child)
        with os.fdopen(to_parent, "rb") as said:
            unfit_text = said.read().decode()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if not unfit_text:
            os._exit(code if code >= 0 else 1)
        name, reason = unfit_text.split("\n")
        left_out[name] = reason


def import_all(imports: list[str]) -> tuple[str, str] | None:
    """Import the learner's program and the modules; the first that makes this process unfit to fork, and how.

    It is done as the user whom it is for, without a right: what a library remembers of its user is then true later.
    """
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    learner: Any = importlib.import_module(LEARNER_PROGRAM)
    for name in (LEARNER_PROGRAM, *imports):
        learner.import_one(name)
        if reason := unfitness():
            return name, reason
    os.seteuid(0)
    os.setegid(0)
    return None


def unfitness() -> str:
    """Why a fork of this process would not be a process of its own; empty when it would."""
    if len(os.listdir("/proc/self/task")) > 1:  # noqa: PTH208
        return "it starts a thread"
    for line in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines():
        rights = line.split(maxsplit=2)[1]
        if "w" in rights and "s" in rights:
            return "it maps shared memory"
    return ""
