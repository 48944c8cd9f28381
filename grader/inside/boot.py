"""First program in every sandbox: takes the other programs from standard input and runs one of them in a child.

Its text is handed to `python -c`, so it stands alone. The parent stays behind as process 1: it reaps orphans, and ends
with the child's exit code (128 + signal when a signal ended it), which the host reads from the engine.
"""

import importlib
import json
import os
import struct
import sys
import types
from importlib.abc import Loader
from importlib.machinery import ModuleSpec


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
    """Wait for the child, reaping whatever else ends meanwhile; its exit code, or 128 + signal."""
    while True:
        pid, status = os.wait()
        if pid == child:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code


def main() -> None:
    """Receive, fork, run."""
    (size,) = struct.unpack(">I", read_exactly(4))
    programs = json.loads(read_exactly(size))
    child = os.fork()
    if child:
        os.close(0)
        os.close(1)
        os._exit(outlive(child))
    sys.meta_path.insert(0, Received(programs["modules"]))
    importlib.import_module(programs["main"]).main()


main()
